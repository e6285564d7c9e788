import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Vitest } from 'vitest/node'
import { counted } from '../model/counted.ts'
import { writeWhole } from '../record/whole-file.ts'
import type { LeftBehind } from '../testbed/visit/ledger.ts'
import { openVisit } from '../testbed/visit/open-visit.ts'
import { serveVisit } from '../testbed/visit/serve-visit.ts'
import type { VisitAddress } from '../testbed/visit/visit.ts'
import type { RunOptions } from './provided.ts'

/** Where it stands what a run has made in a system that is not ours, and could not take away. */
const leftBehindFile = '.proofbook/left-behind.json'

/** How long taking away may last at the end of a run, and after Ctrl-C, in milliseconds. */
const patience = { atEnd: 60_000, interrupted: 3_500 }

const listedMax = 10

/** A visit as a run has it. */
export interface Visiting {
  readonly address: VisitAddress
  /** Takes away what is left, and says what stays, and what became of the environment. */
  leave(isInterrupted: boolean): Promise<VisitEnd>
  close(): Promise<void>
}

/** What a run is told at its end of a system that is not ours. */
export interface VisitEnd {
  /** Why it ended early: the environment went away. */
  readonly environment?: string
  readonly leftBehind: readonly LeftBehind[]
}

/** What was left for one reason by one operation is one line: the file has each. */
const leftLines = (leftBehind: readonly LeftBehind[]): readonly string[] => {
  const groups = Map.groupBy(leftBehind, ({ by, why }) => JSON.stringify([by, why]))
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike
    if (first === undefined) return []
    const { address, by, why } = first
    const others = alike.length === 1 ? '' : ` and ${alike.length - 1} more`
    return [`${address}${others} (by ${by}): ${why}`]
  })
}

/** The closing lines of a run about a system that is not ours. */
export const visitLines = ({ environment, leftBehind }: VisitEnd): readonly string[] => {
  const lines = leftLines(leftBehind)
  const more = lines.length - listedMax
  return [
    ...(environment === undefined ? [] : [`environment  ${environment}`]),
    ...(leftBehind.length === 0
      ? []
      : [
          `left behind  ${counted(leftBehind.length, 'thing')} that this run has made and could not take away: ${leftBehindFile}`,
          ...lines.slice(0, listedMax).map((line) => `             ${line}`),
          ...(more > 0 ? [`             … and ${more} more kinds`] : []),
        ]),
  ]
}

/** Goes to a system that is not ours, on behalf of all workers; `undefined` where there is none. */
export const openVisiting = async (
  vitest: Vitest,
  root: string,
  { url, rate }: RunOptions,
  mask: (text: string) => string,
): Promise<Visiting | undefined> => {
  if (url === undefined) return undefined
  const path = join(root, leftBehindFile)
  let writing: Promise<unknown> = Promise.resolve()
  let isWritten = false
  const masked = ({ by, address, why }: LeftBehind): LeftBehind => ({
    by,
    address: mask(address),
    why: mask(why),
  })
  const visit = openVisit({
    url,
    ...(rate === undefined ? {} : { rate }),
    // Whatever is still to come would only fail: the run is over.
    onGone: () => void vitest.cancelCurrentRun('test-failure'),
    // As it goes, so that it is known also after a run that was killed.
    onLeft: (left) => {
      isWritten ||= left.length > 0
      const text = `${JSON.stringify({ url: mask(url), leftBehind: left.map(masked) }, null, 2)}\n`
      writing = writing
        .then(() => (left.length > 0 ? writeWhole(path, text) : rm(path, { force: true })))
        .catch(() => {})
    },
  })
  const server = await serveVisit(visit)
  return {
    address: server.address,
    leave: async (isInterrupted) => {
      const left = await visit.leave(isInterrupted ? patience.interrupted : patience.atEnd)
      await writing
      if (isWritten && left.length === 0) await rm(path, { force: true })
      const gone = visit.gone()
      return {
        ...(gone === undefined
          ? {}
          : {
              environment: mask(
                `${url} is gone: ${gone}. The run was ended: nothing of this is a finding`,
              ),
            }),
        leftBehind: left.map(masked),
      }
    },
    close: () => server.close(),
  }
}
