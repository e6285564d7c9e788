import type { Words } from '../types.ts'
import { placeWithin } from './source.ts'

const credential = /,?\s*\bas\s+`([^`]+)`/

const bare = (text: string): string => text.replaceAll(/^[\s,:]+|[\s,:]+$/g, '')

/** The name after `as` in words such as *an open order, as `writer`*, and the words without it. */
export const credentialIn = (
  words: Words,
): { readonly text: string; readonly credential?: Words } => {
  const match = credential.exec(words.text)
  if (match === null) return { text: bare(words.text) }
  const at = match.index + match[0].lastIndexOf('`', match[0].length - 2)
  return {
    text: bare(words.text.replace(match[0], '')),
    credential: { text: match[1] ?? '', place: placeWithin(words)(at) },
  }
}

/** Whether words are still the form's own, such as `[Describe integration pattern]`. */
export const isPlaceholder = (text: string): boolean => /^\[[^\]]+\](?!\()$/.test(text.trim())
