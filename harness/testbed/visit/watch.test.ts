import { expect, test } from 'vitest'
import type { HttpRequest } from '../../model/http.ts'
import type { Told } from './visit.ts'
import { openWatch, type Watch } from './watch.ts'

const probe: HttpRequest = { method: 'GET', url: 'http://x/health', headers: [] }
const fallback: HttpRequest = { method: 'GET', url: 'http://x', headers: [] }

/** A watch whose probes are answered so, one after the other; and what was asked. */
const watching = (...answers: readonly Told[]): { watch: Watch; asked: string[] } => {
  const asked: string[] = []
  const watch = openWatch({
    fallback,
    wait: () => Promise.resolve(),
    ask: ({ url }) => {
      asked.push(url)
      return Promise.resolve(answers[asked.length - 1] ?? { status: 503 })
    },
  })
  return { watch, asked }
}

const refused: Told = { failure: 'connection refused' }

test('two answers as from nobody are not looked into', async () => {
  const { watch, asked } = watching()
  await watch.told(refused)
  await watch.told(refused)
  await watch.told({ status: 200, probe })
  await watch.told(refused)
  expect(watch.gone()).toBeUndefined()
  expect(asked).toEqual([])
})

test('three in a row and three probes that fail are an outage, with its words', async () => {
  const { watch, asked } = watching(refused, refused, refused)
  await watch.told({ status: 200, probe })
  for (const _ of [1, 2, 3]) await watch.told(refused)
  expect(watch.gone()).toBe('connection refused, also to 3 probes (GET http://x/health)')
  expect(asked).toEqual(['http://x/health', 'http://x/health', 'http://x/health'])
})

test('a probe that is answered says that the provider fails at one thing, and is there', async () => {
  const { watch } = watching({ status: 502 }, { status: 200 })
  for (const _ of [1, 2, 3]) await watch.told({ status: 503 })
  expect(watch.gone()).toBeUndefined()
})

test('where nothing was ever answered well, the address itself is asked', async () => {
  const { watch, asked } = watching({ status: 404 })
  for (const _ of [1, 2, 3]) await watch.told(refused)
  expect(asked).toEqual(['http://x'])
  expect(watch.gone()).toBeUndefined()
})

test('a 500 is the provider’s own, however often it comes', async () => {
  const { watch, asked } = watching()
  for (const _ of [1, 2, 3, 4]) await watch.told({ status: 500 })
  expect(asked).toEqual([])
})
