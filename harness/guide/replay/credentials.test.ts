import { describe, expect, test } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import type { HttpRequest } from '../../model/http.ts'
import { pickCredential, withCredential } from './credentials.ts'
import { metricIn } from './metrics.ts'

const all: readonly Credential[] = [
  { name: 'admin', fields: [{ in: 'header', name: 'Authorization', value: 'Bearer a' }] },
  {
    name: 'partner',
    fields: [
      { in: 'query', name: 'key', value: 'k&1' },
      { in: 'cookie', name: 'sid', value: 's' },
    ],
  },
]
const named = (text: string) => ({ text, place: { file: 'g.md', line: 3, column: 9 } })
const request: HttpRequest = { method: 'GET', url: 'http://127.0.0.1/a?b=1', headers: [] }

describe('[credential]', () => {
  test('is the named one, the first, or none', () => {
    expect(pickCredential(all, named('partner'))?.name).toBe('partner')
    expect(pickCredential(all, undefined)?.name).toBe('admin')
    expect(pickCredential([], undefined)).toBeUndefined()
    expect(pickCredential(all, named('nobody'))).toBeUndefined()
  })

  test('that nobody has is said with the nearest', () => {
    expect(() => pickCredential(all, named('admn'))).toThrow(
      'g.md:3:9: no credential is named "admn"\n  expected: one of admin, partner, nobody\n  fix: write "admin"',
    )
  })

  test('goes where it belongs', () => {
    expect(withCredential(request, all[0]).headers).toEqual([['Authorization', 'Bearer a']])
    expect(withCredential(request, all[1])).toMatchObject({
      url: 'http://127.0.0.1/a?b=1&key=k%261',
      headers: [['Cookie', 'sid=s']],
    })
    expect(withCredential(request, undefined)).toEqual(request)
  })

  test('leaves a header alone that the fence writes itself', () => {
    const own = { ...request, headers: [['authorization', 'Bearer mine']] as const }
    expect(withCredential(own, all[0]).headers).toEqual([['authorization', 'Bearer mine']])
  })
})

test('a metric is summed over its labels', () => {
  const text =
    '# HELP paid_total x\npaid_total{way="card"} 2\npaid_total{way="cash"} 1.5\npaid_total_other 9\nup 1\n'
  expect([metricIn(text, 'paid_total'), metricIn(text, 'up'), metricIn(text, 'paid')]).toEqual([
    3.5,
    1,
    undefined,
  ])
})
