import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { curlLine } from './curl.ts'
import type { HttpRequest } from './http.ts'

const url = 'http://127.0.0.1:1/orders'
const request = (parts: Partial<HttpRequest>): HttpRequest => ({
  method: 'GET',
  url,
  headers: [],
  ...parts,
})

/** What a shell makes of the line: the arguments that curl would get. */
const argumentsOf = (line: string): readonly string[] =>
  execFileSync('sh', ['-c', `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }; ${line}`], {
    encoding: 'utf8',
  })
    .split('\0')
    .slice(0, -1)

describe('a curl line', () => {
  test('is short for a plain GET', () => {
    expect(curlLine(request({}))).toBe(`curl -i '${url}'`)
  })

  test.each([
    [
      'a quote in a header',
      request({ headers: [['X-Name', "O'Hara $HOME `id`"]] }),
      ['-i', '-H', "X-Name: O'Hara $HOME `id`", url],
    ],
    ['an empty header', request({ headers: [['Accept', '']] }), ['-i', '-H', 'Accept;', url]],
    [
      'a repeated header',
      request({
        headers: [
          ['A', '1'],
          ['A', '2'],
        ],
      }),
      ['-i', '-H', 'A: 1', '-H', 'A: 2', url],
    ],
    [
      'a body',
      request({ method: 'POST', body: Buffer.from('{"a":"it\'s"}') }),
      ['-i', '-X', 'POST', '--data-binary', '{"a":"it\'s"}', url],
    ],
    [
      'an empty body',
      request({ method: 'PUT', body: new Uint8Array() }),
      ['-i', '-X', 'PUT', '--data-binary', '', url],
    ],
  ])('survives the shell with %s', (_, given, expected) => {
    expect(argumentsOf(curlLine(given))).toEqual(expected)
  })

  test('sends bytes that are no text by way of base64', () => {
    const line = curlLine(request({ method: 'POST', body: Uint8Array.from([0, 255, 10]) }))
    expect(line).toContain(`base64 -d`)
    expect(line).toContain(`AP8K`)
  })
})
