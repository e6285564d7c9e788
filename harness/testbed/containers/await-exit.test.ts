import { expect, test } from 'vitest'
import { fakeEngine, type FakeAnswer } from '../testing/fake-engine.ts'
import { awaitExit } from './await-exit.ts'

/** What became of a container, by what its engine answers to the wait and to looks at it. */
const exitWith = async (waits: FakeAnswer[], looks: FakeAnswer[] = []) => {
  await using engine = await fakeEngine((method) =>
    method === 'POST' ? waits.shift() : looks.shift(),
  )
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
  expect(await exitWith([broken, broken], [runs, ended])).toEqual({ code: 9, signal: null })
  expect(await exitWith([broken], [{ status: 404 }])).toEqual({ code: null, signal: null })
})
