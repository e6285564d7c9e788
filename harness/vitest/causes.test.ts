import { describe, expect, test } from 'vitest'
import { causeLines } from './cause-lines.ts'
import { causesOf } from './causes.ts'
import type { CaseMeta } from './meta.ts'

type Shown = CaseMeta['findings'][number]

const found = (subject: string, parts: Partial<Shown> = {}): Shown => ({
  code: 'body-schema',
  summary: `"/code" in the body of ${subject} (400) is a number, and the document says string.`,
  subject,
  place: { file: 'specs/a.yaml', line: 9, pointer: '/components/schemas/Error/properties/code' },
  expected: 'string',
  actual: '7',
  confirmed: true,
  ...parts,
})

const red = (id: string, ...findings: readonly Shown[]): CaseMeta => ({
  id,
  name: `case ${id}`,
  kind: 'operation',
  integration: 'orders',
  verdict: 'failed',
  findings,
  curls: findings.map(({ subject }) => [`curl -i '${subject}'`]),
  requests: 1,
  madeOf: [],
})

const subjects = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, n) => `GET /things${n}`)

const ofOperation = (code: string) => (subject: string) =>
  found(subject, {
    code,
    summary: `${subject} answered ${subject.endsWith('1') ? 201 : 200} without the header X, which the document requires.`,
    place: { file: 'specs/a.yaml', line: 20, pointer: `/paths/~1${subject.slice(5)}/get/x` },
  })

describe('what has one cause is one finding', () => {
  test('a shared schema, broken in 20 operations by five techniques each', () => {
    const cases = subjects(20).flatMap((subject, n) =>
      Array.from({ length: 5 }, (_, technique) => red(`${n}-${technique}`, found(subject))),
    )
    const causes = causesOf(cases)
    expect(causes).toHaveLength(1)
    expect(causes[0]?.subjects).toEqual(subjects(20))
    expect(causes[0]?.cases).toHaveLength(100)
  })

  test('the same sentence about three operations, which have no rule in common', () => {
    const of = ofOperation('header-missing')
    expect(causesOf(subjects(3).map((one) => red(one, of(one))))).toHaveLength(1)
    expect(causesOf(subjects(2).map((one) => red(one, of(one))))).toHaveLength(2)
  })

  test.each([
    ['another code', found('GET /things1', { code: 'header-schema' })],
    [
      'another rule',
      found('GET /things1', { place: { file: 'specs/a.yaml', line: 9, pointer: '/components/x' } }),
    ],
    ['another aspect', found('GET /things1', { aspect: '418' })],
  ])('but not %s', (_, other) => {
    expect(causesOf([red('a', found('GET /things0')), red('b', other)])).toHaveLength(2)
  })

  test('nor what stands in contracts or guides', () => {
    const steps = ['a', 'b'].map((id): CaseMeta => ({ ...red(id, found('pay')), kind: 'step' }))
    expect(causesOf(steps)).toHaveLength(2)
  })

  test('the smallest of them stands for all', () => {
    const small = found('GET /things1', { recipe: { requests: [], purpose: null } })
    const [cause] = causesOf([red('a', found('GET /things0')), red('b', small)])
    expect(cause?.finding).toBe(small)
    expect(cause?.curls).toEqual(["curl -i 'GET /things1'"])
  })
})

describe('the closing lines', () => {
  test('name each cause once, those of the document last, what touches most first', () => {
    const inDocument = found('GET /a', {
      code: 'status-undocumented',
      class: 'document',
      aspect: '404',
    })
    const cases = [
      red('d', inDocument),
      red('e', ofOperation('no-answer')('GET /b1')),
      ...subjects(4).map((one) => red(one, found(one))),
    ]
    expect(causeLines(cases)).toEqual([
      '',
      'findings  6, of 3 causes, 1 in the document',
      '  body-schema          "/code" in the body of GET /things0 (400) is a number, and the document says string. Also GET /things1, GET /things2 and 1 more. (specs/a.yaml:9)',
      '  no-answer            GET /b1 answered 201 without the header X, which the document requires. (specs/a.yaml:20)',
      '  status-undocumented  "/code" in the body of GET /a (400) is a number, and the document says string. (specs/a.yaml:9)',
      '',
    ])
  })

  test('say nothing of what is not red, and no control character reaches the terminal', () => {
    expect(causeLines([{ ...red('a', found('x')), pending: true }])).toEqual([])
    expect(causeLines([red('a', found('\u001b[2J'))]).join('')).not.toContain('\u001b')
  })
})
