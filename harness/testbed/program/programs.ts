import type { Blocked } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import { openSeats, type Seats } from '../stub/seats.ts'
import type { Listening } from './hook.ts'
import { startProgram, type ProgramStart, type RunningProgram } from './start-program.ts'

/** The right to use one process of a program for one testbed. */
interface ProgramLease extends Listening {
  failure(): Blocked | undefined
  /** Resets it for another case of the same testbed; absent for one that cannot be. Throws as `runHook`. */
  readonly renew?: () => Promise<void>
  /** Ends it, or resets it and gives it back. Only when nothing of the testbed can reach it any more. */
  release(): Promise<void>
}

/** The programs of a run that are dependencies. */
export interface Programs {
  /** Throws as `startProgram` does. */
  lease(start: Omit<ProgramStart, 'root' | 'inherited'>): Promise<ProgramLease>
  close(): Promise<void>
}

/** What the programs of a run have in common. */
export interface ProgramsOptions extends Pick<ProgramStart, 'root' | 'inherited'> {
  /** The most processes of one program at once. */
  readonly count: number
}

const leased = (program: RunningProgram, release: () => Promise<void>): ProgramLease => {
  const { url, host, port } = program
  return { url, host, port, failure: () => program.failure(), release }
}

/**
 * Programs of the user's as dependencies: a fresh process for each testbed, or, where the config
 * names a module that resets it, a process that is leased to one testbed at a time and reset between.
 */
export const openPrograms = (custody: Custody, { count, ...shared }: ProgramsOptions): Programs => {
  const seats = new Map<string, Seats<RunningProgram>>()
  const seatsOf = (start: ProgramStart): Seats<RunningProgram> => {
    const known = seats.get(start.where)
    if (known !== undefined) return known
    // It outlives the testbed that it is started for, so only the run's end is its end.
    const open = (): Promise<RunningProgram> =>
      startProgram(custody, { ...start, signal: new AbortController().signal })
    const made = openSeats(count, open, `"${start.name}"`)
    seats.set(start.where, made)
    return made
  }
  return {
    lease: async (request) => {
      const start = { ...request, ...shared }
      if (start.config.reset === undefined) {
        const program = await startProgram(custody, start)
        return leased(program, () => program.close())
      }
      const seat = await seatsOf(start).take()
      const { server } = seat
      const lease = leased(server, async () => {
        const usable = await server.reset().then(
          () => undefined,
          (error: unknown) => ({ error }),
        )
        await seat.release(usable === undefined ? 'usable' : 'unusable')
        if (usable !== undefined) throw usable.error
      })
      return { ...lease, renew: () => server.reset() }
    },
    close: async () => {
      await Promise.all([...seats.values()].map((one) => one.close()))
    },
  }
}
