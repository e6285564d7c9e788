import { expect, test } from 'vitest'
import { caseId } from '../model/case-id.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { belongsTo, estimateCases, planParts } from './parts.ts'

const contract = (count: number): string =>
  JSON.stringify({ interactions: Array.from({ length: count }, () => ({})) })

const request = { parts: undefined, workers: 2, shards: undefined, others: [] }

const roots = [
  { kind: 'contract', file: 'large.json' },
  { kind: 'contract', file: 'small.json' },
] as const

const folder = () => temporaryFolder({ 'large.json': contract(200), 'small.json': contract(3) })

test('only large files are split: over the workers, or over all shards alike', async () => {
  await using project = await folder()
  const plan = (more = {}) => planParts({ root: project.path, roots, ...request, ...more })
  expect(await plan()).toEqual([
    { index: 1, of: 2, files: ['large.json'] },
    { index: 2, of: 2, files: ['large.json'] },
  ])
  expect(await plan({ workers: 1 })).toEqual([])
  expect(await plan({ roots: [roots[1]] })).toEqual([])
  expect(await plan({ others: ['*.json'] })).toEqual([])
  expect(await plan({ parts: 5 })).toHaveLength(5)
  for (const workers of [1, 16]) expect(await plan({ workers, shards: 4 })).toHaveLength(8)
})

test('each case of a split file belongs to one part, of any other file to the first', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => caseId('orders', String(index)))
  const parts = [1, 2, 3].map((index) => ({ index, of: 3, files: ['large.json'] }))
  const counts = parts.map((part) => ids.filter((id) => belongsTo(id, 'large.json', part)).length)
  expect(counts.reduce((sum, count) => sum + count)).toBe(1000)
  for (const count of counts) expect(count).toBeGreaterThan(250)
  for (const id of ids) {
    expect(parts.filter((part) => belongsTo(id, 'large.json', part))).toHaveLength(1)
    expect(parts.map((part) => belongsTo(id, 'small.json', part))).toEqual([true, false, false])
    expect(belongsTo(id, 'large.json', undefined)).toBe(true)
  }
})

test.each([
  ['spec', 'paths:\n  /a:\n    get:\n      x: 1\n    post:\n      x: 1\n', 2],
  ['spec', '{"paths":{"/a":{"get":{},"delete":{}}}}', 2],
  ['guide', '# A\n1. one\n2. two\n#### Timeout\n- it\n', 4],
] as const)('about how many cases a %s holds: %j', (kind, text, cases) => {
  expect(estimateCases(kind, text)).toBe(cases)
})
