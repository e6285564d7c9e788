import { isSafeMethod, type Exchange, type HttpRequest } from '../../model/http.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { Told } from '../../testbed/visit/visit.ts'
import type { World } from '../../testbed/world.ts'
import type { OperationDetail, PlannedRequest } from '../types.ts'
import { addressFor, completeRequest } from './ask.ts'
import { signed } from './signed.ts'

const notSafe = (method: string): Error =>
  new Error(`${method} was planned for a provider that may only be read, and was not sent.`)

/** What whoever watches a provider that is not ours is told of an exchange. */
const toldOf = (planned: PlannedRequest, { request, answer, failure }: Exchange): Told => ({
  ...(answer === undefined ? {} : { status: answer.status }),
  ...(failure === undefined ? {} : { failure }),
  ...(isSafeMethod(request.method) && request.body === undefined ? { probe: request } : {}),
  ...(planned.method === 'DELETE' && answer !== undefined && answer.status < 300
    ? { gone: request.url }
    : {}),
})

/** What is done around each request of a case where the provider is not ours. */
interface Visitor {
  /** Waits for its turn. Throws where the request must not be sent. */
  before(planned: PlannedRequest): Promise<void>
  /** Keeps the books, and tells what came. */
  after(planned: PlannedRequest, exchange: Exchange): Promise<void>
}

/** The visitor of a case; on a testbed of ours there is nothing to do. */
export const visitorOf = (
  testbed: Testbed,
  world: World,
  { id, detail: { isReadOnly, madeBy } }: TestCase<OperationDetail>,
): Visitor => {
  const { visit } = testbed
  const { providerUrl } = testbed.description
  const complete = async (planned: PlannedRequest): Promise<HttpRequest> => {
    const request = completeRequest(planned, providerUrl, world.credentials)
    return (await signed(request, planned, { world, testbed })).request
  }
  return {
    before: async ({ method }) => {
      if (isReadOnly === true && !isSafeMethod(method)) throw notSafe(method)
      await visit?.turn()
    },
    after: async (planned, exchange) => {
      if (visit === undefined) return
      const made = madeBy?.(planned, exchange)
      if (made !== undefined)
        await visit.made({
          caseId: id,
          by: `${planned.method} ${planned.operation?.path ?? ''}`.trim(),
          address: addressFor(providerUrl, { ...planned, target: made.target }),
          ...(made.undo === undefined ? {} : { undo: await complete(made.undo) }),
          ...(made.doubt === undefined ? {} : { doubt: made.doubt }),
        })
      await visit.told(toldOf(planned, exchange))
    },
  }
}
