import { applyEdits, format } from 'jsonc-parser'

/** Longer ones stay as they came: nobody reads them, and it takes its time. */
const lengthMax = 2 * 1024 * 1024

/**
 * A JSON text on lines of its own, so that a finding has a line to point at. Nothing but white space
 * changes: `1.0` stays `1.0`.
 */
export const legible = (text: string): string => {
  if (text.length > lengthMax) return text
  const edits = format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' })
  return `${applyEdits(text, edits)}\n`
}
