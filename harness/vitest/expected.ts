import type { RunnerTask } from 'vitest'

const testsOf = (task: RunnerTask): readonly RunnerTask[] =>
  task.type === 'suite' ? task.tasks.flatMap(testsOf) : [task]

/**
 * How many cases of each integration will ask for a testbed, once Vitest has decided what is left
 * out. `ids` are those of the cases that ask at all: the others have a ruling.
 */
export const expectedOf = (
  tasks: readonly RunnerTask[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { mode, meta } of tasks.flatMap(testsOf)) {
    const { proofbook } = meta
    if (proofbook === undefined || !ids.has(proofbook.id)) continue
    if (mode === 'run' || mode === 'queued')
      counts.set(proofbook.integration, (counts.get(proofbook.integration) ?? 0) + 1)
  }
  return counts
}
