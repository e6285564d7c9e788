import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { getting } from '../testing/contract-text.ts'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { listening, run } from '../testing/running.ts'
import { createVerifier } from './verifier.ts'

describe('the verifier', () => {
  test('takes cases that come at once one after another', async () => {
    const worlds = await Promise.all(
      Array.from({ length: 8 }, () => inProcessWorld(listening('{"id":1}').provider)),
    )
    const text = getting({ status: 200, body: { id: 1 } })
    await using own = createVerifier()
    const all = await Promise.all(worlds.map((world) => run(text, world, { verifier: own })))
    expect(all.map(({ verdict }) => verdict)).toEqual(worlds.map(() => 'verified'))
    await Promise.all(worlds.map((world) => world[Symbol.asyncDispose]()))
  })

  test('lets go of a case whose time is over, and goes on with the next', async () => {
    const controller = new AbortController()
    await using silent = await inProcessWorld(() => controller.abort(new Error('too long')), {
      signal: controller.signal,
    })
    const text = getting({ status: 200 })
    await expect(run(text, silent)).rejects.toThrow('too long')
    await using next = await inProcessWorld(listening().provider)
    expect((await run(text, next)).verdict).toBe('verified')
  })

  test('that dies in the middle blocks that case alone', async () => {
    const text = getting({ status: 200 })
    await using own = createVerifier()
    await using world = await inProcessWorld(() => own.kill())
    expect(await run(text, world, { verifier: own })).toMatchObject({
      verdict: 'blocked',
      reason: expect.stringContaining("Pact's verifier ended by SIGKILL") as string,
    })
    await using next = await inProcessWorld(listening().provider)
    expect((await run(text, next, { verifier: own })).verdict).toBe('verified')
  })

  test('asks loopback directly, whatever proxy the environment names', async () => {
    const asked: string[] = []
    const proxy = createServer((request, response) => {
      asked.push(String(request.url))
      response.writeHead(502).end()
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    const address = proxy.address()
    process.env['HTTP_PROXY'] =
      `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    process.env['PACT_DESCRIPTION'] = 'nothing has this name'
    try {
      await using own = createVerifier()
      await using world = await inProcessWorld(listening().provider)
      expect((await run(getting({ status: 200 }), world, { verifier: own })).verdict).toBe(
        'verified',
      )
      expect(asked).toEqual([])
    } finally {
      delete process.env['HTTP_PROXY']
      delete process.env['PACT_DESCRIPTION']
      proxy.close()
    }
  })
})
