import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib'
import { headerOf, type HttpAnswer } from '../../model/http.ts'

/** A small answer may unpack into a huge one (bytes). */
const maxOutputLength = 50 * 1024 * 1024

const inflate = (bytes: Uint8Array): Uint8Array => {
  try {
    return inflateSync(bytes, { maxOutputLength })
  } catch {
    // "deflate" was often sent without its wrapper (RFC 9110, 8.4.1.2).
    return inflateRawSync(bytes, { maxOutputLength })
  }
}

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength }),
  'x-gzip': (bytes) => gunzipSync(bytes, { maxOutputLength }),
  deflate: inflate,
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength }),
}

/**
 * The bytes of a body with its content codings undone (RFC 9110, 8.4), or why that is impossible.
 */
export const decodedBody = ({
  headers,
  body,
}: HttpAnswer): Uint8Array | { readonly problem: string } => {
  const codings = (headerOf(headers, 'content-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '')
  let bytes = body
  for (const coding of codings.toReversed()) {
    const decode = Object.hasOwn(decoders, coding) ? decoders[coding] : undefined
    if (decode === undefined) return { problem: `the Content-Encoding ${coding} is unknown` }
    try {
      bytes = decode(bytes)
    } catch {
      return { problem: `it is no ${coding}, which its Content-Encoding says` }
    }
  }
  return bytes
}
