import { parseDocument } from 'yaml'
import type { Comparison } from '../facts/comparison.ts'
import { operationsAbove } from './fields.ts'
import type { Known } from './known.ts'
import type { Page } from './page.ts'

interface Parsed {
  readonly value: unknown
}

const json = (text: string): Parsed | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    // Shortened with dots, or with comments: nothing to compare.
    return undefined
  }
}

const yaml = (text: string): Parsed | undefined => {
  const document = parseDocument(text, { logLevel: 'silent', schema: 'core' })
  if (document.errors.length > 0 || /^\s*(?:-\s*)?\.\.\.\s*$/m.test(text)) return undefined
  const value: unknown = document.toJS({ maxAliasCount: 100 })
  // Words are a text in YAML, whatever they say.
  return typeof value === 'object' && value !== null ? { value } : undefined
}

const readers: Readonly<Record<string, (text: string) => Parsed | undefined>> = {
  json,
  yaml,
  yml: yaml,
}

/**
 * `json` and `yaml` fences below words that name an operation, held to the bodies that the spec takes
 * there or that it answers. Where nothing but members are missing, it is noted: samples may be
 * shortened.
 */
export const compareSamples = async (
  { fences, source }: Page,
  known: Known,
): Promise<readonly Comparison[]> => {
  const samples = fences.flatMap(({ code, above }) => {
    const operation = operationsAbove(above, known).at(-1)
    const sample = readers[code.lang ?? '']?.(code.value)
    const from = code.position?.start.offset ?? 0
    const span = { from, to: code.position?.end.offset ?? from }
    return operation === undefined || sample === undefined ? [] : [{ operation, sample, span }]
  })
  const comparisons = await Promise.all(
    samples.map(async ({ operation, sample, span }): Promise<readonly Comparison[]> => {
      const { method, path, breaks } = operation
      const broken = await breaks?.(sample.value)
      if (broken === undefined) return []
      return [
        {
          code: 'page-sample',
          came: broken.onlyMissing ? 'noted' : 'differs',
          span,
          place: source.placeAt(span.from),
          subject: `${method} ${path}`,
          problem: `this sample is no body of ${method} ${path}: ${broken.actual}`,
          says: broken.actual,
          others: broken.expected,
          fix: 'correct the sample, or the spec',
          wrong: 'either',
        },
      ]
    }),
  )
  return comparisons.flat()
}
