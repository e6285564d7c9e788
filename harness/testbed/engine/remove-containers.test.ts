import { describe, expect, test } from 'vitest'
import { fakeEngine, type FakeAnswer } from '../testing/fake-engine.ts'
import { removeContainersOf } from './remove-containers.ts'

/** An engine with containers, of which one more shows up while the others are removed. */
const engineWith = (ids: string[], late: readonly string[] = [], refusals: FakeAnswer[] = []) =>
  fakeEngine((method, url) => {
    if (method === 'GET') {
      expect(url.searchParams.get('filters')).toBe('{"label":["proofbook.run=1-a"]}')
      return { status: 200, body: ids.map((Id) => ({ Id })) }
    }
    const refusal = refusals.shift()
    if (refusal !== undefined) return refusal
    const id = url.pathname.split('/').at(-1) ?? ''
    ids.splice(ids.indexOf(id), 1)
    if (id === 'a') ids.push(...late)
    return { status: 204 }
  })

describe('the containers of a run', () => {
  test('are all removed, those as well that were still being made', async () => {
    await using engine = await engineWith(['a', 'b'], ['c'])
    expect(await removeContainersOf(engine.address, '1-a')).toEqual({ removed: 3 })
    expect(engine.asked.filter((line) => line.startsWith('DELETE')).toSorted()).toEqual([
      'DELETE /containers/a',
      'DELETE /containers/b',
      'DELETE /containers/c',
    ])
  })

  test('none is looked for twice, and that is all', async () => {
    await using engine = await engineWith([])
    expect(await removeContainersOf(engine.address, '1-a')).toEqual({ removed: 0 })
    expect(engine.asked).toEqual(['GET /containers/json', 'GET /containers/json'])
  })

  test('one that is going already, or refuses once, is tried again', async () => {
    const going = {
      status: 409,
      body: { message: 'removal of container a is already in progress' },
    }
    const refusing = { status: 500, body: { message: 'device is busy' } }
    await using engine = await engineWith(['a'], [], [going, refusing])
    expect(await removeContainersOf(engine.address, '1-a')).toEqual({ removed: 1 })
  })
})
