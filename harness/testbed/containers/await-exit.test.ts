import { expect, test } from 'vitest'
import { fakeEngine, type FakeAnswer } from '../testing/fake-engine.ts'
import { awaitExit } from './await-exit.ts'

/** What became of a container, by what its engine answers to the wait and to looks at it. */
const exitWith = async (
  waits: FakeAnswer[],
  looks: FakeAnswer[] = [],
  conditions: string[] = [],
) => {
  await using engine = await fakeEngine((method, url) => {
    if (method === 'POST') conditions.push(url.searchParams.get('condition') ?? '')
    return method === 'POST' ? waits.shift() : looks.shift()
  })
  // Awaited here: the engine is gone when this function ends.
  return await awaitExit(engine.address, 'c')
}

test('the exit code is what the engine says', async () => {
  expect(await exitWith([{ status: 200, body: { StatusCode: 3 } }])).toEqual({
    code: 3,
    signal: null,
  })
})

test('one that is gone has ended in a way that is not known', async () => {
  expect(await exitWith([{ status: 404 }])).toEqual({ code: null, signal: null })
})

test('where the engine breaks off, what became of it is asked', async () => {
  const broken = { status: 500 }
  const runs = { status: 200, body: { State: { Running: true } } }
  const ended = { status: 200, body: { State: { Running: false, Status: 'exited', ExitCode: 9 } } }
  const conditions: string[] = []
  const exit = await exitWith([broken, broken], [runs, ended], conditions)
  expect(exit).toEqual({ code: 9, signal: null })
  // A wait for the next end of one that has ended meanwhile would be for ever.
  expect(conditions).toEqual(['next-exit', 'not-running'])
  expect(await exitWith([broken], [{ status: 404 }])).toEqual({ code: null, signal: null })
})
