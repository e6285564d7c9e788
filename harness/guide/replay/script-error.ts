import type { Place } from '../../model/place.ts'
import type { Unmet } from '../seen.ts'
import type { TsFence } from '../types.ts'

const lengthMax = 500

const cut = (text: string): string =>
  text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text

/** The line of the fence in which an error was thrown, by its stack. */
const placeOf = (error: unknown, file: string, { place, lastLine }: TsFence): Place => {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  for (const match of stack.matchAll(/([^\s()]+\.md)(?:\?[^\s:()]*)?:(\d+):(\d+)/g)) {
    const line = Number(match[2])
    if (match[1]?.endsWith(file) === true && line > place.line && line < lastLine)
      return { file, line, column: Number(match[3]) }
  }
  return place
}

const shown = (value: unknown): string => cut(JSON.stringify(value) ?? String(value))

/** What a thrown error of a `ts` fence says about the guide. */
export const unmetOfError = (error: unknown, file: string, fence: TsFence): Unmet => {
  const place = placeOf(error, file, fence)
  const message = cut(error instanceof Error ? error.message : String(error))
  const subject = `line ${place.line}`
  if (error instanceof Error && 'expected' in error && 'actual' in error)
    return {
      code: 'guide-script',
      place,
      subject,
      expected: shown(error.expected),
      actual: `${shown(error.actual)} (${message})`,
    }
  return {
    code: 'guide-script',
    place,
    subject,
    expected: 'a fence that runs to its end',
    actual: message,
  }
}
