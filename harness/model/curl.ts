import type { HttpRequest } from './http.ts'

/** One word of a POSIX shell that means just this text. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

type Quote = (text: string) => string

const isText = (bytes: Uint8Array): boolean => {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0')
  } catch {
    return false
  }
}

const bodyArguments = (body: Uint8Array, quote: Quote): readonly string[] =>
  isText(body)
    ? ['--data-binary', quote(new TextDecoder().decode(body))]
    : ['--data-binary', `@<(printf %s ${quoted(Buffer.from(body).toString('base64'))} | base64 -d)`]

/**
 * A line for a POSIX shell that sends the request again with curl. Secrets are not masked here:
 * whoever prints it masks the whole line.
 *
 * @example
 * curlLine({ method: 'GET', url: 'http://127.0.0.1/orders', headers: [] }) // "curl -i 'http://127.0.0.1/orders'"
 */
export const curlLine = (request: HttpRequest): string => curlCommand(request, '-i', quoted)

/** The same with other switches, and with another way to write a text for the shell. */
export const curlCommand = (
  { method, url, headers, body }: HttpRequest,
  switches: string,
  quote: Quote,
): string =>
  [
    `curl ${switches}`,
    ...(method === 'GET' && body === undefined ? [] : [`-X ${method}`]),
    ...headers.map(([name, value]) =>
      value === '' ? `-H ${quote(`${name};`)}` : `-H ${quote(`${name}: ${value}`)}`,
    ),
    ...(body === undefined ? [] : bodyArguments(body, quote)),
    quote(url),
  ].join(' ')
