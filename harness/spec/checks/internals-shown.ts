import { subjectOf, type Check } from './check.ts'

/** Words that only the inside of a program uses, each told apart from what people write. */
const signs: readonly (readonly [string, RegExp])[] = [
  ['a stack trace', /^\s*at .+\(?[^\s()]+:\d+:\d+\)?$/m],
  ['a stack trace', /\n\s+at [\w$.<>]+\([\w$]+\.(java|kt|scala):\d+\)/],
  ['a stack trace', /Traceback \(most recent call last\)/],
  ['a stack trace', /\bgoroutine \d+ \[running\]/],
  ['a path of a file', /(^|[\s'"(])\/(app|home|opt|root|srv|usr|var|etc)\/[\w.-]+\/[\w./-]+/],
  ['a path of a file', /\b[A-Z]:\\{1,2}[\w. -]+\\{1,2}[\w.\\ -]+/],
  ['a path of a file', /\/node_modules\/|\/site-packages\//],
  ['a statement in SQL', /\b(SELECT\s[\s\S]{1,200}\sFROM\s|INSERT INTO\s|UPDATE\s\S+\sSET\s|DELETE FROM\s)/],
  ['words of a database', /\bSQLSTATE\b|\bORA-\d{5}\b|\bduplicate key value violates\b/],
]

const isShort = (text: string): boolean => text.length < 200_000

/** An error tells the client what is wrong with the request, and nothing of what is inside. */
export const internalsShown: Check = {
  code: 'internals-shown',
  mootAfter: [],
  *check({ operation, exchange, answer }) {
    if (answer === undefined || answer.status < 400) return
    const escaped = new TextDecoder().decode(answer.body)
    if (!isShort(escaped)) return
    const text = escaped.replaceAll(String.raw`\n`, '\n').replaceAll(String.raw`\"`, '"')
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
      }
      return
    }
  },
}
