import type { BrokenSample } from '../guide/check/known.ts'
import type { JsonValue } from '../spec/json.ts'
import { isJson } from '../spec/media-type.ts'
import type { Operation, Spec } from '../spec/types.ts'

/** The schemas of what an operation takes and answers as JSON. */
const bodiesOf = ({ requestBody, responses }: Operation) =>
  [
    ...(requestBody?.content ?? []).map((content) => ({
      content,
      direction: 'request' as const,
      usual: true,
    })),
    ...responses.flatMap(({ content, status }) =>
      content.map((one) => ({
        content: one,
        direction: 'response' as const,
        usual: status.startsWith('2'),
      })),
    ),
  ].flatMap(({ content: { mediaType, schema }, direction, usual }) =>
    schema !== undefined && isJson(mediaType) ? [{ schema, direction, usual }] : [],
  )

/**
 * What a sample breaks of the documented body that it is nearest to; `undefined` where it is one of
 * them, or where the document has none.
 */
export const brokenSample = async (
  { schemas }: Spec,
  operation: Operation,
  sample: unknown,
): Promise<BrokenSample | undefined> => {
  const verdicts = await Promise.all(
    bodiesOf(operation).map(async ({ schema, direction, usual }) => {
      const { violations } = await schemas.check(schema, direction, sample as JsonValue)
      return { violations, usual }
    }),
  )
  if (verdicts.length === 0 || verdicts.some(({ violations }) => violations.length === 0))
    return undefined
  // Errors have few members that are asked for: next to anything would be one of them, shortened.
  const broken = verdicts
    .filter(({ usual }) => usual || verdicts.every((one) => !one.usual))
    .map(({ violations }) => violations)
    .toSorted((a, b) => a.length - b.length)
  const [nearest = []] = broken
  // A shortened sample lacks something of each; one of them it must not contradict.
  const shortened = broken.find((all) => all.every(({ keyword }) => keyword === 'required'))
  const [first] = shortened ?? nearest
  if (first === undefined) return undefined
  const at = first.instancePath === '' ? '' : `${first.instancePath} is `
  return {
    expected: `${first.expected}${first.instancePath === '' ? '' : ` at ${first.instancePath}`}`,
    actual: `${at}${first.actual}`,
    onlyMissing: shortened !== undefined,
  }
}
