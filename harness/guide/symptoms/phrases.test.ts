import { describe, expect, test } from 'vitest'
import { parseSymptoms, symptomWords, unmetSymptom } from './phrases.ts'
import type { Sight } from './symptom-kind.ts'

const parse = (text: string) =>
  parseSymptoms(text, (index) => ({ file: 'g.md', line: 4, column: 1 + index }))
const sight = (seen: Partial<Sight> = {}): Sight => ({
  step: 1,
  status: 504,
  milliseconds: 1000,
  headers: [['Retry-After', '1']],
  text: '{"type":"/problems/payments-timeout"}',
  log: ['a', 'no route'],
  risen: { timeouts_total: 1, other_total: 0 },
  health: '503 {"database":"down"}',
  ...seen,
})
const unmet = (text: string, seen?: Partial<Sight>) => {
  const { symptoms, problems } = parse(text)
  expect(problems).toEqual([])
  return symptoms.map((one) => unmetSymptom(one, sight(seen))?.actual)
}

describe('[symptoms] phrases', () => {
  test('are parted by ; , and "and", and know their places', () => {
    const { symptoms } = parse(
      'step 1 answers `504` within `3 s`; the log says `x; y`, and within `4 s`.',
    )
    expect(symptoms.map(({ text, place }) => [text, place.column])).toEqual([
      ['step 1 answers `504`', 1],
      ['within `3 s`', 22],
      ['the log says `x; y`', 36],
      ['within `4 s`', 61],
    ])
  })

  test.each([
    ['step 1 responds `504`', 'step N answers `504`'],
    ['the logs say `x`', 'the log says `…`'],
    ['witin `3 s`', 'within `3 s`'],
    ['within `soon`', 'within `3 s`'],
  ])('%s: the nearest is %s', (text, meant) => {
    const { problems, symptoms } = parse(`${text}; within \`1 s\``)
    expect(problems).toMatchObject([
      {
        problem: `this is no known symptom: ${text}`,
        place: { line: 4, column: 1 },
        fix: `write it as: ${meant}`,
      },
    ])
    expect(symptoms).toHaveLength(1)
  })

  test('that are nothing like one have no nearest, and all are listed', () => {
    const [problem] = parse('Slow response').problems
    expect(problem).not.toHaveProperty('fix')
    for (const words of symptomWords) expect(problem?.expected).toContain(words)
  })
})

describe('what was seen', () => {
  test.each<[string, string, Partial<Sight>, string | undefined]>([
    ['symptom-answers', 'step 1 answers `504`', {}, undefined],
    ['symptom-answers', 'step 1 answers `502`', {}, 'step 1: answered 504'],
    ['symptom-answers', 'step 2 answers `504`', {}, 'step 1: answered 504'],
    ['symptom-no-answer', 'step 1 gets no answer', { failure: 'no answer within 1 s' }, undefined],
    ['symptom-no-answer', 'step 1 gets no answer', {}, 'step 1: answered 504'],
    ['symptom-answer-says', 'the answer says `payments-timeout`', {}, undefined],
    ['symptom-answer-says', 'the answer says `x`', {}, '{"type":"/problems/payments-timeout"}'],
    ['symptom-header', 'with header `retry-after: 1`', {}, undefined],
    ['symptom-header', 'header `Retry-After: {{any}}`', {}, undefined],
    ['symptom-header', 'header `Retry-After: 2`', {}, 'Retry-After: 1'],
    ['symptom-header', 'header `X-Other: 2`', {}, 'no X-Other'],
    ['symptom-metric', 'metric `timeouts_total` rises', {}, undefined],
    ['symptom-metric', 'metric `other_total` rises', {}, 'it rose by 0'],
    ['symptom-metric', 'metric `no_total` rises', {}, 'no metric no_total'],
    ['symptom-health', 'health says `503`', {}, undefined],
    ['symptom-health', 'health says `up`', {}, '503 {"database":"down"}'],
    ['symptom-within', 'within `1 s`', {}, undefined],
    ['symptom-within', 'within `999 ms`', {}, 'the answer after 1000 ms'],
    ['symptom-log', 'the log says `route`', {}, undefined],
    ['symptom-log', 'the log says `x`', {}, '2 lines since the fault, the last: a ⏎ no route'],
    ['symptom-log', 'the log says `x`', { log: [] }, 'no line since the fault'],
  ])('[%s] %s %j', (_, text, seen, expected) => {
    expect(unmet(text, seen)).toEqual([expected])
  })

  test('without an answer is no answer within any time', () => {
    const seen: Sight = { step: 1, failure: 'no answer within 10 s', milliseconds: 10_000, log: [] }
    const { symptoms } = parse('step 1 answers `504` within `3 s`')
    expect(symptoms.map((one) => unmetSymptom(one, seen)?.actual)).toEqual([
      'step 1: no answer within 10 s',
      'no answer within 10 s',
    ])
  })
})
