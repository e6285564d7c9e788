import type { Exchange } from '../../model/http.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { World } from '../../testbed/world.ts'
import type { OperationDetail, OperationSeen, PlannedRequest } from '../types.ts'
import { openAsker } from './ask.ts'
import { visitorOf } from './visitor.ts'

/**
 * Sends the requests of an operation's case to the provider of one fresh testbed - the planned ones
 * in their order, then what its script asks for - and notes each exchange in the journal. Throws
 * `Blocked` where there is no testbed, or a request cannot be sent at all.
 */
export const replayOperation = async (
  testCase: TestCase<OperationDetail>,
  world: World,
): Promise<OperationSeen> => {
  const { detail } = testCase
  await using testbed = await world.lease()
  using asker = openAsker(testbed, world, detail.operation)
  const visitor = visitorOf(testbed, world, testCase)
  const exchanges: OperationSeen['exchanges'][number][] = []
  const ask = async (planned: PlannedRequest): Promise<Exchange> => {
    await visitor.before(planned)
    const exchange = await asker.ask(planned)
    await visitor.after(planned, exchange)
    exchanges.push({ planned, exchange })
    return exchange
  }
  const isOver = (): boolean => detail.mayAsk?.(exchanges.length) === false
  const cut = (): OperationSeen => ({ exchanges, observations: [], isCut: true })
  for (const planned of detail.requests) {
    if (isOver()) return cut()
    await ask(planned)
  }
  const script = detail.script?.(exchanges.map(({ exchange }) => exchange))
  if (script === undefined) return { exchanges, observations: [] }
  let step = script.next()
  while (step.done !== true) {
    if (isOver()) return cut()
    step = script.next(await ask(step.value))
  }
  return { exchanges, observations: step.value }
}
