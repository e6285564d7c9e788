import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { shop } from '../testing/shop.ts'
import { allMatch } from './all-match.ts'

const matching = async (
  patterns: Partial<Record<'include' | 'exclude' | 'example', readonly string[]>>,
): Promise<string> => {
  await using folder = await temporaryFolder({ 'shop.yaml': shop()['specs/shop.yaml'] ?? '' })
  const all = { include: [], exclude: [], example: [], ...patterns }
  return await allMatch(folder.path, ['shop.yaml'], all).then(
    () => 'all match',
    (error: unknown) => (error as Error).message,
  )
}

test.each([
  { include: ['GET /items/{id}'] },
  { include: ['getItem'], exclude: ['/items/*'] },
  { include: ['get *'], example: ['id=7'] },
  {},
])('%j is about something', async (patterns) => {
  expect(await matching(patterns)).toBe('all match')
})

test.each([
  [{ include: ['getItems'] }, '--include getItems matches no operation', "--include 'getItem'"],
  [{ exclude: ['/item/{id}'] }, '--exclude /item/{id} matches no', "--exclude '/items/{id}'"],
  [{ include: ['/teapots'] }, '--include /teapots matches no', "'GET /items/{id}'"],
  [{ example: ['ids=1'] }, '--example ids=… names no parameter', '--example id=…'],
])('%j is an error with the nearest right one', async (patterns, problem, fix) => {
  const message = await matching(patterns)
  expect(message).toContain(problem)
  expect(message).toContain(fix)
})

test('all that match nothing are said at once', async () => {
  const message = await matching({ include: ['getItems'], example: ['ids=1'] })
  expect(message).toContain('getItems')
  expect(message).toContain('ids')
})
