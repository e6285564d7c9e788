import { headerOf, type HttpAnswer } from '../../model/http.ts'
import type { JudgedAnswer, JudgedHeader, ParsedBody } from '../checks/check.ts'
import type { JsonValue } from '../json.ts'
import { bestMediaType, isJson } from '../media-type.ts'
import { valueAt } from '../pointer.ts'
import type { SchemaVerdict } from '../schema/schemas.ts'
import type {
  DocumentedResponse,
  MediaTypeContent,
  Operation,
  OperationSeen,
  Spec,
} from '../types.ts'
import { headerReadings } from '../schema/readings.ts'
import { breachOf } from './breach.ts'
import { parseBody } from './parse-body.ts'

/** The response that speaks for a status: its own, its range's, or `default` (OpenAPI 3.1, 4.8.16). */
export const responseFor = (operation: Operation, status: number): DocumentedResponse | undefined =>
  [String(status), `${Math.floor(status / 100)}XX`, 'default']
    .map((key) => operation.responses.find((response) => response.status === key))
    .find((response) => response !== undefined)

const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

const headersOf = async (
  answer: HttpAnswer,
  response: DocumentedResponse,
  spec: Spec,
): Promise<readonly JudgedHeader[]> => {
  const judged: JudgedHeader[] = []
  for (const header of response.headers) {
    const text = headerOf(answer.headers, header.name)
    if (text === undefined || header.schema === undefined) continue
    const schema = valueAt(spec.document, header.schema) ?? {}
    let readings = headerReadings(text, schema, spec.document, header.explode)
    if (header.mediaType !== undefined) {
      const parsed = isJson(header.mediaType) ? tryJson(text) : undefined
      readings = parsed === undefined ? [text] : [parsed]
    }
    const verdicts: SchemaVerdict[] = []
    for (const reading of readings)
      verdicts.push(await spec.schemas.check(header.schema, 'response', reading))
    const verdict = verdicts.find(({ violations }) => violations.length === 0) ?? verdicts[0]
    if (verdict !== undefined) judged.push({ header, text, verdict })
  }
  return judged
}

const tryJson = (text: string): JsonValue | undefined => {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}

/** What the document says of a response in one media type. */
export const contentFor = (
  response: DocumentedResponse,
  contentType: string | undefined,
): MediaTypeContent | undefined => {
  if (contentType === undefined) return undefined
  const key = bestMediaType(
    contentType,
    response.content.map(({ mediaType }) => mediaType),
  )
  return response.content.find(({ mediaType }) => mediaType === key)
}

/** Puts one exchange beside what the document says of it. */
export const judgedAnswer = async (
  { planned, exchange }: OperationSeen['exchanges'][number],
  operation: Operation,
  spec: Spec,
): Promise<JudgedAnswer> => {
  const { answer } = exchange
  const mayHaveBody =
    operation.method !== 'HEAD' && (answer === undefined || !bodiless.has(answer.status))
  const breach = await breachOf(planned, operation, spec)
  const bare: JudgedAnswer = {
    operation,
    planned,
    exchange,
    mayHaveBody,
    body: { kind: 'opaque' },
    headers: [],
    schemes: operation.security.flat().flatMap(({ scheme }) => spec.securitySchemes[scheme] ?? []),
    ...(breach === undefined ? {} : { breach }),
  }
  // Nothing is documented of a method that there is not.
  if (planned.intent?.kind === 'method') return answer === undefined ? bare : { ...bare, answer }
  if (answer === undefined) return bare
  const response = responseFor(operation, answer.status)
  const contentType = headerOf(answer.headers, 'content-type')
  const content = response === undefined ? undefined : contentFor(response, contentType)
  const isWhole =
    answer.body.length > 0 && answer.truncated !== true && exchange.failure === undefined
  const body: ParsedBody =
    isWhole && mayHaveBody && contentType !== undefined
      ? parseBody(answer, contentType)
      : { kind: 'opaque' }
  return {
    ...bare,
    answer,
    ...(response === undefined
      ? {}
      : { response, headers: await headersOf(answer, response, spec) }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(content === undefined ? {} : { content }),
    body,
    ...(body.kind === 'value' && content?.schema !== undefined
      ? { bodyVerdict: await spec.schemas.check(content.schema, 'response', body.value) }
      : {}),
  }
}
