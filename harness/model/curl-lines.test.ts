import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { curlLinesOf } from './curl-lines.ts'
import type { ShownRequest, Taking } from './recipe.ts'

const url = 'http://127.0.0.1:1/orders'
const make = (...takes: readonly Taking[]): ShownRequest => ({
  request: { method: 'POST', url, headers: [] },
  takes,
})
const get = (target: string): ShownRequest => ({
  request: { method: 'GET', url: `${url}${target}`, headers: [['If-Match', '{{tag}}']] },
  takes: [],
})

const answer = 'HTTP/1.1 201 Created\\r\\nETag: "v1"\\r\\nLocation: http://h:1/orders/7\\r\\n\\r\\n'

/** What a shell sends last, where the first curl answers with an order; jq reads what Node would. */
const lastOf = (lines: readonly string[]): string => {
  const jq = `jq() { node -e 'let t="";process.stdin.on("data",d=>t+=d).on("end",()=>console.log(eval("("+t+")"+process.argv[1])))' "$2"; }`
  const curl = `curl() { case "$*" in *POST*) case "$1" in -si) printf '${answer}';; esac; printf '{"id":7}\\n';; *) printf '%s\\n' "$*";; esac; }`
  return execFileSync('sh', ['-c', [jq, curl, ...lines].join('\n')], { encoding: 'utf8' }).trim()
}

describe('lines for a shell', () => {
  test('are one where nothing comes before', () => {
    expect(curlLinesOf({ request: { method: 'GET', url, headers: [] } })).toEqual([
      `curl -i '${url}'`,
    ])
    expect(curlLinesOf({})).toEqual([])
  })

  test('carry what an answer gives to where a later request holds it', () => {
    const lines = curlLinesOf({
      shown: [make({ name: 'id', from: { pointer: '/id' } }), get('/{{id}}?{{not ours}}')],
    })
    expect(lines).toEqual([
      `ID=$(curl -s -X POST '${url}' | jq -r '.id')`,
      `curl -i -H 'If-Match: ''{{tag}}' '${url}/'"$ID"'?''{{not ours}}'`,
    ])
    expect(lastOf(lines)).toBe(`-i -H If-Match: {{tag}} ${url}/7?{{not ours}}`)
  })

  test('take several things of one answer, from headers too', () => {
    const lines = curlLinesOf({
      shown: [
        make(
          { name: 'id', from: { pointer: '/id' } },
          { name: 'tag', from: { header: 'ETag', keep: 'all' } },
          { name: 'at', from: { header: 'Location', keep: 'path' } },
          { name: 'end', from: { header: 'Location', keep: 'last' } },
        ),
        get('/{{id}}{{at}}?end={{end}}'),
      ],
    })
    expect(lastOf(lines)).toBe(`-i -H If-Match: "v1" ${url}/7/orders/7?end=7`)
  })

  test('write every pointer as jq reads it', () => {
    const [line] = curlLinesOf({
      shown: [make({ name: '1st id', from: { pointer: '/items/0/a-b' } }), get('/{{1st id}}')],
    })
    expect(line).toContain(`_1ST_ID=$(curl -s -X POST '${url}' | jq -r '.items[0]["a-b"]')`)
  })
})
