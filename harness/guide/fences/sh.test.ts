import { describe, expect, test } from 'vitest'
import { parseSh } from './sh.ts'
import { literalOf, readWords } from './sh-words.ts'

const parse = (...lines: readonly string[]) => parseSh({ file: 'g.md', line: 10, column: 1, lines })
const commands = (...lines: readonly string[]) => {
  const parsed = parse(...lines)
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  return parsed.commands
}
const problem = (...lines: readonly string[]) => {
  const parsed = parse(...lines)
  if (!('problem' in parsed)) throw new Error('no problem')
  const { problem: sentence, place, fix = '' } = parsed.problem
  return `${place.line}:${place.column} ${sentence} -> ${fix}`
}

describe('[sh-lines] an sh fence', () => {
  test('has commands, and below each what it prints', () => {
    expect(
      commands('# a comment', '$ one', 'a', '', 'b', '', '$ two').map(({ text, expected }) => [
        text,
        expected?.map((line) => `${line.place.line} ${line.text}`),
      ]),
    ).toEqual([
      ['one', ['12 a', '13 ', '14 b']],
      ['two', undefined],
    ])
  })

  test('goes on in the next line behind a backslash', () => {
    expect(commands('$ kubectl \\', '    get pods \\', '    --all', 'x')[0]).toMatchObject({
      text: 'kubectl get pods --all',
      expected: [{ text: 'x' }],
    })
  })

  test.each([
    [['$ one'], 0, false],
    [['$ one # exit 3'], 3, true],
    [['$ one', '# exit 3'], 3, true],
    [['$ one', 'no such thing', '# exit 1'], 1, true],
  ])('[sh-exit] says how a command ends: %j', (lines, exit, saysExit) => {
    expect(commands(...lines)[0]).toMatchObject({ exit, saysExit })
  })

  test.each([
    [['kubectl get pods'], /^10:1 this line stands above .* -> write "\$ kubectl get pods"/],
    [['# nothing'], /^10:1 no line of this fence is a command/],
    [['$ # nothing'], /^10:3 a prompt without a command/],
    [['$ one {{new x}}'], /^10:7 a command can only be given what is known/],
    [['$ one', '$ two | three'], /^11:7 a pipe needs a shell, and none is started/],
    [["$ one 'two"], /^10:7 this quotation mark is never closed/],
    [['$ one "two'], /^10:7 this quotation mark is never closed/],
  ])('[sh-no-shell] %j', (lines, expected) => {
    expect(problem(...lines)).toMatch(expected)
  })
})

const words = (line: string) => {
  const read = readWords(line)
  if ('problem' in read) return read.problem.problem
  return read.words.map((word) => literalOf(word) ?? word)
}

describe('[sh-words] words of a command', () => {
  test.each<[string, readonly unknown[]]>([
    ['a  b\tc', ['a', 'b', 'c']],
    [`a 'b  c' "d e" f\\ g`, ['a', 'b  c', 'd e', 'f g']],
    [`a b"c"'d'`, ['a', 'bcd']],
    [`a "" ''`, ['a', '', '']],
    ['a "b\\"c" "d\\n"', ['a', 'b"c', 'd\\n']],
    [`a '$B' \\$B # c`, ['a', '$B', '$B']],
    ['a b#c', ['a', 'b#c']],
    ['a "{{order}}" {{order}}/x', ['a', '{{order}}', '{{order}}/x']],
    ['a $B', ['a', [{ kind: 'variable', name: 'B' }]]],
    [
      'K="${NEW}x"',
      [
        [
          { kind: 'text', text: 'K=' },
          { kind: 'variable', name: 'NEW' },
          { kind: 'text', text: 'x' },
        ],
      ],
    ],
  ])('%s', (line, expected) => {
    expect(words(line)).toEqual(expected)
  })

  test.each([
    'a; b',
    'a && b',
    'a > b',
    'a < b',
    'a $(b)',
    '(a)',
    'a `b`',
    'a "`b`"',
    'a *',
    'a ?',
  ])('that only a shell could make are refused: %s', (line) => {
    expect(words(line)).toMatch(/needs a shell/)
  })
})
