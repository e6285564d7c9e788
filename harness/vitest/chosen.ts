import type { Vitest } from 'vitest/node'
import type { RunOptions } from './provided.ts'

/** What cases were chosen by, for the message when it chose none. */
export const selectionOf = (vitest: Vitest): string | undefined => {
  const pattern = vitest.config.testNamePattern
  return pattern === undefined ? undefined : `-t ${JSON.stringify(pattern.source)}`
}

/** Whether somebody chose what is run: by a name, a pattern, a shard, a project or what has changed. */
export const isChosen = (vitest: Vitest): boolean => {
  const { testNamePattern, shard, related, changed, project, mergeReports } = vitest.config
  const named: unknown = Reflect.get(vitest.config, '_cliFilters')
  return (
    (Array.isArray(named) && named.length > 0) ||
    [project].flat().filter(Boolean).length > 0 ||
    [testNamePattern, shard, related, changed, mergeReports].some(Boolean)
  )
}

/** Whether every case can run, whatever files are named: of some of them no mapping can be called unused. */
export const isWhole = ({ config }: Vitest, { cases }: RunOptions): boolean =>
  !config.watch &&
  config.shard === undefined &&
  config.testNamePattern === undefined &&
  cases === undefined
