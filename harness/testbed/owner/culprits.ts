import type { Custody } from '../custody.ts'
import { endLeftovers, testbedMark, type Leftover } from '../custody/leftovers.ts'
import type { Background } from './background.ts'

/** Looking through all processes of the machine takes a while, so it is done for many at once. */
const lookMilliseconds = 1000

const commandLengthMax = 120
const casesMax = 5

interface Closed {
  readonly testbed: string
  readonly cases: readonly string[]
}

/** Names the cases that left something behind outside of their testbed. */
export interface Culprits {
  /** A testbed was closed, which these cases had: each as a person knows it. */
  closed(testbed: string, cases: readonly string[]): void
  /** Looks at once for whatever is left of closed testbeds. */
  finish(): Promise<void>
  /** One sentence for each thing that was left. */
  notices(): readonly string[]
}

const sentence = ({ testbed, cases }: Closed, { pid, commandLine, ports }: Leftover): string => {
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
 * Looks, a little after testbeds were closed, for processes that outlived them: daemons of a provider
 * that left its process group. `mask` hides secrets: their command lines may hold some.
 *
 * @example
 * culprits.closed('orders-3', ['"a request for order 1" (contracts/web-orders.json:12:5)'])
 */
export const openCulprits = (
  custody: Pick<Custody, 'folder'>,
  background: Background,
  mask: (text: string) => string,
): Culprits => {
  const waiting = new Map<string, Closed>()
  const notices: string[] = []
  let timer: NodeJS.Timeout | undefined

  const look = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const closed = new Map(waiting)
    waiting.clear()
    const leftovers = await endLeftovers(new Set(closed.keys())).catch(() => [])
    for (const leftover of leftovers) {
      const of = closed.get(leftover.mark)
      if (of !== undefined) {
        // Before it is cut: half a secret would not be known.
        const commandLine = mask(leftover.commandLine)
        notices.push(sentence(of, { ...leftover, commandLine }))
      }
    }
  }

  return {
    closed: (testbed, cases) => {
      waiting.set(testbedMark(custody, testbed), { testbed, cases })
      timer ??= setTimeout(() => background.add(look()), lookMilliseconds).unref()
    },
    finish: look,
    notices: () => notices,
  }
}
