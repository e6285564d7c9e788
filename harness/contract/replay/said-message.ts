import { isRecord } from '../../model/is-record.ts'
import type { MessageRequest, ProducedMessage } from '../messages.ts'

/** A message in the form in which Pact takes it: an HTTP answer. */
export interface SaidMessage {
  readonly contents: Uint8Array
  readonly contentType?: string | undefined
  /** Base64 of a JSON object. */
  readonly metadata?: string | undefined
}

const bytesOf = (contents: unknown): readonly [Uint8Array, string?] => {
  if (contents === undefined) return [new Uint8Array()]
  if (contents instanceof Uint8Array) return [contents, 'application/octet-stream']
  if (typeof contents === 'string') return [Buffer.from(contents), 'text/plain']
  return [Buffer.from(JSON.stringify(contents)), 'application/json']
}

/**
 * A producer's message as Pact takes it. Throws a `TypeError` for what is no message, and what JSON
 * throws for contents that it cannot hold.
 *
 * @example
 * saidMessage({ contents: { id: 1 }, metadata: { topic: 'orders' } }).contentType // 'application/json'
 */
export const saidMessage = (message: unknown): SaidMessage => {
  if (!isRecord(message) || !('contents' in message)) {
    throw new TypeError('the producer did not return { contents, metadata? }')
  }
  const { contents, metadata } = message as unknown as ProducedMessage
  if (metadata !== undefined && !isRecord(metadata)) {
    throw new TypeError('the producer returned metadata that is no object')
  }
  const [bytes, type] = bytesOf(contents)
  const named = metadata?.['contentType'] ?? metadata?.['content-type']
  return {
    contents: bytes,
    contentType: typeof named === 'string' ? named : type,
    ...(metadata === undefined
      ? {}
      : { metadata: Buffer.from(JSON.stringify(metadata)).toString('base64') }),
  }
}

/** The contents of a version 4 message, which stand there as `{ content, contentType, encoded }`. */
const contentsOf = (wrapped: unknown): unknown => {
  if (!isRecord(wrapped)) return undefined
  const { content, encoded } = wrapped
  return encoded === 'base64' && typeof content === 'string'
    ? Buffer.from(content, 'base64')
    : content
}

/** The request of a synchronous message, as Pact posts it, for the producer. */
export const messageRequestOf = (request: unknown): MessageRequest =>
  isRecord(request)
    ? {
        contents: contentsOf(request['contents']),
        ...(isRecord(request['metadata']) ? { metadata: request['metadata'] } : {}),
      }
    : {}

const evidenceMax = 4000

/** A message in one line of the evidence. */
export const shownMessage = ({ contents, metadata }: SaidMessage): string =>
  [
    Buffer.from(contents).toString('utf8').slice(0, evidenceMax),
    ...(metadata === undefined
      ? []
      : [Buffer.from(metadata, 'base64').toString('utf8').slice(0, evidenceMax)]),
  ].join(' with metadata ')
