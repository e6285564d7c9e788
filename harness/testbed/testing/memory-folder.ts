import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'

/** A folder in memory where the machine has one, else the one for temporary files. */
export const memoryFolder = (): Promise<string> =>
  stat('/dev/shm').then(
    () => '/dev/shm',
    () => tmpdir(),
  )
