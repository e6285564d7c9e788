import { endLeftovers, type Leftover } from '../custody/leftovers.ts'
import type { Background } from './background.ts'

/** Looking through all processes of the machine takes a while, so it is done for many at once. */
const lookMilliseconds = 1000

const commandLengthMax = 120
const casesMax = 5

/** Names the cases that left something behind outside of their testbed. */
export interface Culprits {
  /** A testbed was closed, which these cases had. */
  closed(testbed: string, cases: readonly string[]): void
  /** Looks at once for whatever is left of closed testbeds. */
  finish(): Promise<void>
  /** One sentence for each thing that was left. */
  notices(): readonly string[]
}

const sentence = (cases: readonly string[], { testbed, pid, commandLine, ports }: Leftover) => {
  const who =
    cases.length === 1
      ? `Case ${cases[0]}`
      : cases.length === 0
        ? 'A testbed that no case had'
        : `One of the cases ${cases.slice(-casesMax).join(', ')}${cases.length > casesMax ? ' or an earlier one' : ''}`
  const listens = ports.length === 0 ? '' : `, listening on port ${ports.join(', ')}`
  const command = JSON.stringify(commandLine.slice(0, commandLengthMax))
  return `${who} left process ${pid} behind outside of testbed ${testbed}: ${command}${listens}. It was ended.`
}

/**
 * Looks, a little after testbeds were closed, for processes that outlived them: daemons of a
 * provider that left its process group.
 *
 * @example
 * culprits.closed('orders-3', ['a3f09c2d41'])
 */
export const openCulprits = (background: Background): Culprits => {
  const waiting = new Map<string, readonly string[]>()
  const notices: string[] = []
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const closed = new Map(waiting)
    waiting.clear()
    const leftovers = await endLeftovers(new Set(closed.keys())).catch(() => [])
    for (const leftover of leftovers)
      notices.push(sentence(closed.get(leftover.testbed) ?? [], leftover))
  }

  return {
    closed: (testbed, cases) => {
      waiting.set(testbed, cases)
      timer ??= setTimeout(() => background.add(look()), lookMilliseconds).unref()
    },
    finish: look,
    notices: () => notices,
  }
}
