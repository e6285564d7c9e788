import { isObject, type JsonValue } from '../json.ts'
import { essenceOf, isForm, isJson, isText } from '../media-type.ts'
import type { Encoding, MediaTypeContent } from '../types.ts'
import { queryPairs } from './serialise.ts'

/** A body as bytes, and the media type that says how to read them. */
export interface WrittenBody {
  readonly contentType: string
  readonly body: Uint8Array
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

const textOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

const formBody = (value: JsonValue, encoding: Readonly<Record<string, Encoding>>): string =>
  isObject(value)
    ? Object.entries(value)
        .flatMap(([name, part]) => {
          const { style, explode, contentType } = encoding[name] ?? {}
          const asJson =
            style === undefined &&
            (isObject(part) || (contentType !== undefined && isJson(contentType)))
          return queryPairs(
            { name, style: style ?? 'form', explode: explode ?? true, allowReserved: false },
            asJson ? JSON.stringify(part) : part,
          )
        })
        .map(([name, text]) => `${name}=${text}`)
        .join('&')
    : textOf(value)

/** No text that a generator or a document's author writes holds this line. */
const boundary = 'proofbook-6f1d2c9a-boundary'

const quoted = (name: string): string => name.replaceAll('"', '%22').replaceAll(/[\r\n]/g, ' ')

const partOf = (name: string, value: JsonValue, { contentType }: Encoding): string => {
  const type =
    contentType?.split(',')[0]?.trim() ??
    (typeof value === 'object' ? 'application/json' : 'text/plain')
  const isFile = !isText(type) && !isJson(type)
  const file = isFile ? `; filename="${quoted(name)}.bin"` : ''
  return `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\nContent-Type: ${type}\r\n\r\n${textOf(value)}\r\n`
}

const multipartBody = (value: JsonValue, encoding: Readonly<Record<string, Encoding>>): string => {
  const parts = isObject(value)
    ? Object.entries(value).flatMap(([name, part]) =>
        (Array.isArray(part) ? (part as readonly JsonValue[]) : [part]).map((item) =>
          partOf(name, item, encoding[name] ?? {}),
        ),
      )
    : []
  return `${parts.join('')}--${boundary}--\r\n`
}

/** Whether a generated value can be written in a media type; an example's text always can. */
export const isWritable = (mediaType: string): boolean => {
  const essence = essenceOf(mediaType)
  return (
    isJson(mediaType) ||
    isText(mediaType) ||
    essence.startsWith('multipart/') ||
    [
      'application/x-www-form-urlencoded',
      'application/octet-stream',
      '*/*',
      'application/*',
    ].includes(essence)
  )
}

/**
 * Writes a value in a media type: JSON, a form (OpenAPI 3.1, 4.8.14.4), multipart (4.8.14.5), text,
 * or bytes. A string in any other media type is taken for the body itself, as examples in XML are.
 * `undefined` where a value cannot be written in it.
 */
export const writeBody = (
  { mediaType, encoding }: Pick<MediaTypeContent, 'mediaType' | 'encoding'>,
  value: JsonValue,
): WrittenBody | undefined => {
  const essence = essenceOf(mediaType)
  if (isJson(mediaType)) return { contentType: mediaType, body: bytesOf(JSON.stringify(value)) }
  if (essence === '*/*' || essence === 'application/*') {
    return { contentType: 'application/json', body: bytesOf(JSON.stringify(value)) }
  }
  if (isForm(mediaType)) {
    return { contentType: mediaType, body: bytesOf(formBody(value, encoding)) }
  }
  if (essence.startsWith('multipart/')) {
    const type = essence === 'multipart/*' ? 'multipart/form-data' : mediaType
    return {
      contentType: `${type}; boundary=${boundary}`,
      body: bytesOf(multipartBody(value, encoding)),
    }
  }
  if (essence === 'text/*') return { contentType: 'text/plain', body: bytesOf(textOf(value)) }
  if (isText(mediaType) || essence === 'application/octet-stream') {
    return { contentType: mediaType, body: bytesOf(textOf(value)) }
  }
  return typeof value === 'string' ? { contentType: mediaType, body: bytesOf(value) } : undefined
}
