import type { RunnerTask } from 'vitest'
import { expect, test } from 'vitest'
import { expectedOf } from './expected.ts'

const testTask = (id: string, integration: string, mode = 'run'): RunnerTask =>
  ({ type: 'test', mode, meta: { proofbook: { id, integration } } }) as unknown as RunnerTask

const suite = (...tasks: readonly RunnerTask[]): RunnerTask =>
  ({ type: 'suite', mode: 'run', meta: {}, tasks }) as unknown as RunnerTask

test('counts what will run by integration, at any depth, without what is left out or ruled on', () => {
  const tasks = [
    suite(testTask('a', 'orders'), suite(testTask('b', 'orders', 'queued'))),
    testTask('c', 'billing'),
    testTask('d', 'billing', 'skip'),
    testTask('e', 'billing', 'todo'),
    testTask('ruled', 'billing'),
    { type: 'test', mode: 'run', meta: {} } as unknown as RunnerTask,
  ]
  const expected = expectedOf(tasks, new Set(['a', 'b', 'c', 'd', 'e']))
  expect([...expected]).toEqual([
    ['orders', 2],
    ['billing', 1],
  ])
})
