import type { SymptomKind } from './symptom-kind.ts'

/** A metric of the provider is higher than it was when the fault was put. */
export interface MetricSymptom {
  readonly kind: 'metric'
  readonly name: string
}

const pattern = /^(?:the\s+)?metric\s+`([A-Za-z_:][\w:]*)`\s+rises/i

/** ``metric `payments_timeouts_total` rises`` */
export const metricRises: SymptomKind<MetricSymptom> = {
  kind: 'metric',
  words: 'metric `NAME` rises',
  parse: (text) => {
    const match = pattern.exec(text)
    if (match === null) return undefined
    return { phrase: { kind: 'metric', name: match[1] ?? '' }, length: match[0].length }
  },
  unmet: ({ name }, { risen }) => {
    const by = risen?.[name]
    if (by !== undefined && by > 0) return undefined
    return {
      expected: `${name} above what it was before the fault`,
      actual: by === undefined ? `no metric ${name}` : `it rose by ${by}`,
    }
  },
}
