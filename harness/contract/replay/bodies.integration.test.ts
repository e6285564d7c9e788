import { describe, expect, test } from 'vitest'
import { contractText, getting } from '../testing/contract-text.ts'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { echoing, listening, run } from '../testing/running.ts'

const json = (content: unknown) => ({ contentType: 'application/json', encoded: false, content })

const posting = (body: unknown, type: string): string =>
  contractText('4.0', [
    {
      type: 'Synchronous/HTTP',
      description: 'a request',
      request: {
        method: 'POST',
        path: '/echo',
        headers: { 'Content-Type': [type] },
        ...(body === undefined ? {} : { body }),
      },
      response: {
        status: 200,
        ...(body === undefined ? {} : { headers: { 'Content-Type': [type] }, body }),
      },
    },
  ])

describe('odd bodies come through unharmed', () => {
  const big = 'x'.repeat(300_000)
  const bytes = Buffer.from([0, 1, 255, 254])

  test.each<[string, unknown, string, Buffer]>([
    ['a number', json(1), 'application/json', Buffer.from('1')],
    ['a text', { ...json('"a"'), encoded: 'json' }, 'application/json', Buffer.from('"a"')],
    ['false', json(false), 'application/json', Buffer.from('false')],
    ['an empty list', json([]), 'application/json', Buffer.from('[]')],
    ['more than 100 kB', json({ big }), 'application/json', Buffer.from(JSON.stringify({ big }))],
    [
      'bytes',
      {
        contentType: 'application/octet-stream',
        encoded: 'base64',
        content: bytes.toString('base64'),
      },
      'application/octet-stream',
      bytes,
    ],
    ['none', undefined, 'text/plain', Buffer.alloc(0)],
  ])('%s', async (name, body, type, expected) => {
    const { asked, provider } = echoing()
    await using world = await inProcessWorld(provider)
    const { verdict, findings } = await run(posting(body, type), world)
    expect(findings, name).toEqual([])
    expect(verdict).toBe('verified')
    expect(asked).toHaveLength(1)
    expect(asked[0]?.equals(expected)).toBe(true)
  })

  test('numbers keep the form in which the consumer wrote them', async () => {
    const text = getting({ status: 200, body: { total: 'N' } }).replace('"N"', '1.0')
    await using world = await inProcessWorld(listening('{"total":1}').provider)
    const { findings } = await run(text, world)
    expect(findings.map(({ summary }) => summary)).toEqual([
      '$.total in the body: expected 1 (Integer) to be equal to 1.0 (Decimal).',
    ])
  })
})
