import { UserError } from '../../model/user-error.ts'
import type { DatabaseClient, Row } from '../../testbed/testbed.ts'
import { compareRows } from '../fences/compare-rows.ts'
import { keptValue, NothingKept, type Kept } from '../fences/hole.ts'
import type { Unmet } from '../seen.ts'
import type { SqlFence } from '../types.ts'
import { StepStopped } from './outcome.ts'

/**
 * Runs the statement of a `sql` fence with its values bound. Throws `StepStopped` where the database
 * refuses it or its rows are not those of the table.
 */
export const runSqlFence = async (
  { statement }: SqlFence,
  database: DatabaseClient,
  kept: Kept,
): Promise<void> => {
  const { place } = statement
  const stop = (unmet: Pick<Unmet, 'code' | 'subject' | 'expected' | 'actual'>): never => {
    throw new StepStopped([{ ...unmet, place }])
  }
  let rows: readonly Row[] = []
  try {
    const values = statement.names.map(({ name }) => keptValue(kept, name))
    rows = await database.query(statement.text, values)
  } catch (error) {
    if (error instanceof UserError) throw error
    if (error instanceof NothingKept)
      stop({
        code: 'guide-kept',
        subject: error.missing,
        expected: `a value kept as "${error.missing}"`,
        actual: 'none',
      })
    const actual = error instanceof Error ? error.message : String(error)
    stop({
      code: 'guide-sql',
      subject: 'the statement',
      expected: 'a statement that the database takes',
      actual,
    })
  }
  const mismatches = compareRows(statement, rows, kept)
  if (mismatches.length > 0)
    throw new StepStopped(
      mismatches.map((mismatch) => Object.assign({ code: 'guide-sql' as const }, mismatch)),
    )
}
