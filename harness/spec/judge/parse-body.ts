import type { HttpAnswer } from '../../model/http.ts'
import type { ParsedBody } from '../checks/check.ts'
import type { JsonValue } from '../json.ts'
import { isJson, parseMediaType } from '../media-type.ts'
import { decodedBody } from './decode.ts'

const parseJson = (bytes: Uint8Array): ParsedBody => {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { kind: 'problem', problem: 'it is no UTF-8, and JSON is (RFC 8259, 8.1)' }
  }
  try {
    return { kind: 'value', value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { kind: 'problem', problem: `it is no JSON (${(error as Error).message})` }
  }
}

/** Reads a body as its media type says. Only JSON and plain text are looked into. */
export const parseBody = (answer: HttpAnswer, mediaType: string): ParsedBody => {
  const bytes = decodedBody(answer)
  if ('problem' in bytes) return { kind: 'problem', problem: bytes.problem }
  if (isJson(mediaType)) return parseJson(bytes)
  const parsed = parseMediaType(mediaType)
  if (parsed?.type !== 'text' || parsed.subtype !== 'plain') return { kind: 'opaque' }
  const charset = parsed.parameters['charset'] ?? 'utf-8'
  try {
    return { kind: 'value', value: new TextDecoder(charset, { fatal: true }).decode(bytes) }
  } catch {
    return { kind: 'problem', problem: `it is no text in ${charset}` }
  }
}
