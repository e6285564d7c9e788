import { describe, expect, test } from 'vitest'
import type { Guide } from '../types.ts'
import { adopted, fenced } from '../testing/pages.ts'
import { readGuide } from './read-guide.ts'

const read = (text: string): Guide => readGuide('guides/orders.md', text)
const problems = (text: string): readonly string[] =>
  read(text).problems.map(
    ({ severity, parts: { problem, place, fix = '' } }) =>
      `${severity} ${place.line}:${place.column ?? 0} ${problem} -> ${fix}`,
  )
const get = fenced('http', 'GET /orders', '', 'HTTP 200')

const drill = (...lines: readonly string[]) =>
  adopted(
    `## Scenario: x\n**Verification**\n1. a\n${get}\n\n**Troubleshooting**\n#### Down\n${lines.join('\n')}\n`,
  )

const whole = [
  '- **Symptoms**: step 1 answers `504`',
  '- **Fault**: link `db`, down · **Breaks**: step 1 · **Ends**: after `1 s`',
  '- **Recovers**: within `1 s`',
]

const prevention = (words: string) => read(drill(...whole, `- **Prevention**: ${words}`))

const instead = (from: string, to: string) =>
  problems(drill(...whole.map((line) => line.replace(from, to))))

describe('drills', () => {
  test('are read as they are written', () => {
    expect(problems(drill(...whole))).toEqual([])
  })

  test('[drill-complete] say everything that a rehearsal needs', () => {
    expect(problems(drill('- **Fault**: link `db`, down'))).toEqual(
      ['Symptoms', 'Breaks', 'Ends', 'Recovers'].map(
        (label) =>
          `error 16:1 this drill has a Fault and does not say its ${label} -> add **${label}**`,
      ),
    )
  })

  test('[drill-without-fault] are held to no grammar when they have no fault', () => {
    expect(
      problems(
        drill(
          '- **Symptoms**: Slow response',
          '- **Fix**: Check network · **Prevention**: Add timeouts',
        ),
      ),
    ).toEqual([])
    expect(problems(drill('- **Symptoms**: Slow', '- **Fault**: [Describe the fault]'))).toEqual([])
  })

  test.each([
    [
      '[symptoms]',
      'answers `504`',
      'responds `504`',
      'error 17:17 this is no known symptom: step 1 responds `504` -> write it as: step N answers `504`',
    ],
    ['[fault-link]', 'down', 'donw', 'error 18:14 there is no toxic "donw" -> write "down"'],
    ['[breaks]', 'step 1 ·', 'everything ·', /^error 18:44 "everything" names no step/],
    ['[ends]', 'after `1 s`', 'soon', /^error 18:63 "soon" does not say how the fault ends/],
    ['[recovers]', 'within `1 s`', 'quickly', /^error 19:17 "quickly" does not say how soon/],
    ['[drill]', 'Breaks', 'Braeks', /^error 18:\d+ "Braeks" is no label -> write "Breaks"/],
  ])('%s %s: %s', (_, from, to, expected) => {
    expect(instead(from, to)).toContainEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    )
  })

  test('[drill] say each label once', () => {
    expect(problems(drill(...whole, '- **Fault**: link `db`, timeout'))).toEqual([
      expect.stringContaining('"Fault" is said twice'),
    ])
  })

  test('[prevention] is settings and symptoms, or advice', () => {
    expect(
      prevention('with `A=1` and B_C=x-y: step 1 answers `503`').scenarios[0]?.drills[0]?.prevention
        ?.environment,
    ).toEqual({ A: '1', B_C: 'x-y' })
    expect(prevention('Watch the pool.')).toMatchObject({ problems: [] })
    expect(prevention('Watch the pool.').scenarios[0]?.drills[0]).not.toHaveProperty('prevention')
    expect(prevention('with `A=1`: all is well').problems).toHaveLength(1)
    expect(prevention('with `A=1`:').problems[0]?.parts.problem).toContain(
      'does not say what then holds',
    )
  })

  test('[drill-fences] belong to the label above them', () => {
    const [only] = read(
      drill(
        ...whole.slice(0, 2),
        get,
        '- **Solution**: Mend it. · **Recovers**: within `1 s`',
        get,
        '- **Nothing lost**: all is there',
        get,
        '- **Prevention**: with `A=1`: step 1 answers `504`',
        get,
        fenced('json', '{}'),
      ),
    ).scenarios.flatMap(({ drills }) => drills)
    expect(only?.broken).toBe(false)
    expect(Object.entries(only?.fences ?? {}).map(([part, { length }]) => [part, length])).toEqual([
      ['symptoms', 1],
      ['solution', 1],
      ['prevention', 1],
      ['lost', 1],
    ])
  })

  test('[drill-fences] that would not run as they stand are problems', () => {
    expect(problems(drill(get, ...whole))).toEqual([
      'error 17:1 this fence stands under no label of its drill that runs fences -> move it below the label that it belongs to',
    ])
    expect(problems(drill(...whole, '- **Prevention**: Watch the pool.', get))).toEqual([
      'error 21:1 this fence stands under a Prevention that switches nothing on -> name the setting, or move the fence below Solution',
    ])
    expect(problems(drill(...whole, '- **Nothing lost**: really'))).toEqual([
      'error 20:21 nothing below this label looks for what must not be lost -> add an http or sql fence below it',
    ])
    expect(problems(drill('Words.', get))).toEqual([])
  })

  test('[drill] below a heading, beside other labels', () => {
    const text = adopted(
      `## Scenario: x\n### Verification\n1. a\n${get}\n### Common issues\n#### Down\n${whole.join('\n')}\n#### Slow\nwords\n### Cleanup\n${get}\n`,
    )
    const [scenario] = read(text).scenarios
    expect(problems(text)).toEqual([])
    expect(scenario?.drills.map(({ name, fault }) => `${name} ${fault?.text ?? '-'}`)).toEqual([
      'Down link `db`, down',
      'Slow -',
    ])
    expect(scenario?.rollback?.fences).toHaveLength(1)
  })
})
