import type { Fence } from './types.ts'

const asserts = /\b(?:expect|assert)\b/

/** Whether a script asserts by `assert`, whose calls nobody counts. */
export const usesAssert = (fence: Fence): boolean =>
  fence.language === 'ts' && fence.lines.some((line) => /\bassert\b/.test(line))

/**
 * Whether a fence can fail for a reason that its page states: an `http` fence with an answer, a
 * `sql` fence with a table, an `sh` fence with lines that it prints or an exit status, a `ts` fence
 * that calls `expect` or `assert`.
 *
 * @example
 * expectsSomething(fence) // false for a request without an answer
 */
export const expectsSomething = (fence: Fence): boolean => {
  if (fence.language === 'http')
    return fence.exchanges.some(({ expected }) => expected !== undefined)
  if (fence.language === 'sql') return fence.statement.expected !== undefined
  if (fence.language === 'sh')
    return fence.commands.some(({ expected, saysExit }) => expected !== undefined || saysExit)
  return fence.language === 'ts' && fence.lines.some((line) => asserts.test(line))
}
