import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Custody } from '../custody.ts'

/**
 * The System V shared memory of a server, as it notes it in the seventh line of `postmaster.pid`:
 * a key and the segment's number.
 *
 * @example
 * segmentIn('4711\n/data\n1790000000\n5433\n\n127.0.0.1\n  47146  49\nready\n') // '49'
 */
export const segmentIn = (postmasterPid: string): string | undefined =>
  /^\s*\d+\s+(\d+)\s*$/.exec(postmasterPid.split('\n')[6] ?? '')?.[1]

/**
 * Takes away the few bytes of shared memory that a server leaves in the kernel when it is killed.
 * One that ended in order has removed its note and its memory itself.
 */
export const removeLeftSegment = async (custody: Custody, data: string): Promise<void> => {
  const note = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  const segment = segmentIn(note)
  if (segment === undefined) return
  try {
    const environment = { PATH: process.env.PATH ?? '' }
    await (
      await custody.spawn('ipcrm', ['-m', segment], { environment })
    ).exited
  } catch {
    // Without ipcrm it stays until the machine is started again.
  }
}
