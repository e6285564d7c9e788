import type { ProcessIdentity } from '../custody/process-table.ts'

/** Nobody: no process of a machine that runs ever has this number. */
export const deadProcess: ProcessIdentity = { pid: 2 ** 30, startTime: '1' }
