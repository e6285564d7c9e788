import { Blocked } from '../../model/user-error.ts'

const words = /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|disk full/i

/**
 * What a failure for want of space means: one `Blocked` that says so, whoever noticed it first. Any
 * other error is given back as it is.
 */
export const explainFullDisk = (error: unknown, folder: string): unknown => {
  if (!(error instanceof Error)) return error
  const log = error instanceof Blocked ? error.parts.log : undefined
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (![code, error.message, log ?? ''].some((text) => words.test(text))) return error
  const noticed = error.message.split('\n')[0] ?? ''
  return new Blocked({
    problem: `The disk is full: there is no space left in ${folder}, where this run keeps its databases (${noticed}).`,
    fix: 'free some space there, run fewer testbeds at once (testbeds.atOnce), or set TMPDIR to a folder with more',
    ...(log === undefined ? {} : { log }),
  })
}
