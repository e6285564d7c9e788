import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { contractText } from './testing/contract-text.ts'
import { everyContract } from './testing/every-contract.ts'
import { inProcessWorld } from './testing/in-process-world.ts'
import { run } from './testing/running.ts'
import type { AnswerOf, AskedOf } from './testing/writable.ts'

const serving =
  (answer: (asked: AskedOf) => AnswerOf): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .once('end', () => {
        const { searchParams } = new URL(request.url ?? '/', 'http://provider')
        const {
          status = 200,
          headers = {},
          body,
        } = answer({
          query: searchParams,
          headers: request.headers,
          body: Buffer.concat(chunks),
        })
        response.writeHead(status, headers).end(body)
      })
  }

test('an interaction of version 4 without a type, which Pact ignores, is red', async () => {
  await using world = await inProcessWorld(serving(() => ({})))
  const text = contractText('4.0', [
    { description: 'd', request: { method: 'GET', path: '/' }, response: { status: 200 } },
  ])
  const { verdict, findings } = await run(text, world)
  expect(verdict).toBe('failed')
  expect(findings[0]?.summary).toContain('Interaction 0 has no type attribute')
})

describe('whatever a contract says, a provider that keeps it is verified, and one that does not is not', () => {
  test.each(everyContract)('$name', async ({ contract, right, wrong, codes }) => {
    const judged = async (answer: (asked: AskedOf) => AnswerOf) => {
      await using world = await inProcessWorld(serving(answer))
      const { verdict, findings } = await run(contract, world)
      return { verdict, codes: findings.map(({ code }) => code), said: findings }
    }
    const kept = await judged(right)
    expect(kept.said).toEqual([])
    expect(kept.verdict).toBe('verified')
    expect(await judged(wrong)).toMatchObject({ verdict: 'failed', codes })
  })
})
