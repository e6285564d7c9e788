import type { HttpRequest } from './http.ts'

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const isText = (bytes: Uint8Array): boolean => {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0')
  } catch {
    return false
  }
}

const bodyArguments = (body: Uint8Array): readonly string[] =>
  isText(body)
    ? ['--data-binary', quoted(new TextDecoder().decode(body))]
    : ['--data-binary', `@<(printf %s ${quoted(Buffer.from(body).toString('base64'))} | base64 -d)`]

/**
 * A line for a POSIX shell that sends the request again with curl. Secrets are not masked here:
 * whoever prints it masks the whole line.
 *
 * @example
 * curlLine({ method: 'GET', url: 'http://127.0.0.1/orders', headers: [] }) // "curl -i 'http://127.0.0.1/orders'"
 */
export const curlLine = ({ method, url, headers, body }: HttpRequest): string =>
  [
    'curl -i',
    ...(method === 'GET' && body === undefined ? [] : [`-X ${method}`]),
    ...headers.map(([name, value]) =>
      value === '' ? `-H ${quoted(`${name};`)}` : `-H ${quoted(`${name}: ${value}`)}`,
    ),
    ...(body === undefined ? [] : bodyArguments(body)),
    quoted(url),
  ].join(' ')
