import { isObject, type JsonValue } from '../json.ts'
import { subjectOf, type Check } from './check.ts'

/** Words that only the inside of a program uses, each told apart from what people write. */
const signs: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /^\s*at .+\(?[^\s()]+:\d+:\d+\)?$/m],
  ['a stack trace', /\s+at [\w$.<>]+\([\w$]+\.(java|kt|scala):\d+\)/],
  ['a stack trace', /Traceback \(most recent call last\)/],
  ['a stack trace', /\bgoroutine \d+ \[running\]/],
  ['a path of a file', /(^|[\s'"(])\/(app|home|opt|root|srv|usr|var|etc)\/[\w.-]+\/[\w./-]+/],
  ['a path of a file', /\b[A-Z]:\\{1,2}[\w. -]+\\{1,2}[\w.\\ -]+/],
  ['a path of a file', /\/node_modules\/|\/site-packages\//],
  [
    'a statement in SQL',
    /\b(SELECT\s[\s\S]{1,200}\sFROM\s|INSERT INTO\s|UPDATE\s\S+\sSET\s|DELETE FROM\s)/,
  ],
  ['words of a database', /\bSQLSTATE\b|\bORA-\d{5}\b|\bduplicate key value violates\b/],
]

const lengthMax = 200_000

/** All texts in a value of JSON, a line each. */
const textsIn = (value: JsonValue): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(textsIn)
  return isObject(value) ? Object.values(value).flatMap(textsIn) : []
}

/** What a person would read in a body: in JSON a line break is two letters. */
const readable = (body: Uint8Array): string => {
  const text = new TextDecoder().decode(body.subarray(0, lengthMax))
  try {
    return textsIn(JSON.parse(text) as JsonValue).join('\n')
  } catch {
    return text
  }
}

/** An error tells the client what is wrong with the request, and nothing of what is inside. */
export const internalsShown: Check = {
  code: 'internals-shown',
  mootAfter: [],
  *check({ operation, exchange, answer }) {
    if (answer === undefined || answer.status < 400) return
    const text = readable(answer.body)
    const sent = `${exchange.request.url} ${new TextDecoder().decode(exchange.request.body)}`
    for (const [what, sign] of signs) {
      const found = sign.exec(text)?.[0].trim()
      // What comes back of our own words is no secret.
      if (found === undefined || sent.includes(found)) continue
      yield {
        summary: `${subjectOf(operation)} answered ${answer.status} with ${what} in it.`,
        expected: 'an error without anything of the inside',
        actual: found.replaceAll(/\s+/g, ' ').slice(0, 100),
        pointer: operation.pointer,
        aspect: what,
      }
      return
    }
  },
}
