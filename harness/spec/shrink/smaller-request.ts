import { headerOf } from '../../model/http.ts'
import { bestMediaType } from '../media-type.ts'
import type { Operation, PlannedRequest, Spec } from '../types.ts'
import { jsonIn } from './given.ts'
import { bodyReductions, parameterReductions } from './reductions.ts'
import { most } from './search.ts'

/** What the body of a request breaks of its schema: a smaller one must break just the same. */
const brokenBy = async (
  { headers, body }: PlannedRequest,
  { requestBody }: Operation,
  spec: Spec,
): Promise<string> => {
  const json = jsonIn(body)
  const content = requestBody?.content ?? []
  const key = bestMediaType(
    headerOf(headers, 'content-type') ?? '',
    content.map(({ mediaType }) => mediaType),
  )
  const schema = content.find(({ mediaType }) => mediaType === key)?.schema
  if (json === undefined || schema === undefined) return ''
  const { violations } = await spec.schemas.check(schema, 'request', json)
  return JSON.stringify(
    violations.map(({ schemaPointer, keyword, expected }) => [schemaPointer, keyword, expected]),
  )
}

const sameRequest = (a: PlannedRequest, b: PlannedRequest): boolean =>
  a.target === b.target &&
  a.headers.length === b.headers.length &&
  Buffer.compare(a.body ?? new Uint8Array(), b.body ?? new Uint8Array()) === 0

/**
 * The smallest request that still shows it: without the members, items, query parameters and headers
 * that it does not need, and with short texts. It keeps and breaks of the document just what it kept
 * and broke before. `shows` sends it.
 */
export const smallerRequest = async (
  planned: PlannedRequest,
  operation: Operation,
  spec: Spec,
  shows: (smaller: PlannedRequest) => Promise<boolean>,
): Promise<PlannedRequest> => {
  const promise = await brokenBy(planned, operation, spec)
  const reductions = [...parameterReductions(planned, operation), ...bodyReductions(planned)]
  let best = planned
  await most(reductions, async (some) => {
    const smaller = some.reduce((request, reduce) => reduce(request), planned)
    if (sameRequest(smaller, best)) return true
    if ((await brokenBy(smaller, operation, spec)) !== promise) return false
    if (!(await shows(smaller))) return false
    best = smaller
    return true
  })
  return best
}
