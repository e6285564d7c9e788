import { stripTypeScriptTypes } from 'node:module'
import type { Credential } from '../../model/credential.ts'
import type { EvidenceEvent } from '../../model/evidence.ts'
import type { Judgement } from '../../model/finding.ts'
import { UserError } from '../../model/user-error.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import { openUrlTestbed } from '../../testbed/url-testbed.ts'
import type { World } from '../../testbed/world.ts'
import { compileGuide } from '../compile.ts'
import type { StandIn } from '../commands/stand-in.ts'
import { judgeGuide } from '../judge.ts'
import { planGuide } from '../plan.ts'
import { readGuide } from '../read/read-guide.ts'
import { replayGuide } from '../replay/replay-guide.ts'
import { plainSurroundings, type Surroundings } from '../surroundings.ts'
import type { GuideScript } from '../scope.ts'
import type { Guide, GuideDetail } from '../types.ts'
import { makeFakeLink } from './fake-link.ts'
import { startOrdersProvider, type OrdersProvider, type Quirk } from './orders-provider.ts'

const credential = (name: string): Credential => ({
  name,
  fields: [{ in: 'header', name: 'Authorization', value: `Bearer ${name}` }],
})

/** A world whose testbeds are providers in this process, and what happened in it. */
export interface FakeWorld extends World {
  readonly providers: readonly OrdersProvider[]
  /** How many testbeds are open. */
  readonly open: () => number
}

const unknown = (what: string, name: string | undefined): UserError =>
  new UserError({ problem: `no ${what} "${name ?? ''}"`, expected: 'one of payments' })

export const makeFakeWorld = (quirks: readonly Quirk[] = []): FakeWorld => {
  const providers: OrdersProvider[] = []
  const events: EvidenceEvent[] = []
  const started = performance.now()
  let open = 0
  const lease: World['lease'] = async ({ environment = {} } = {}) => {
    const payments = makeFakeLink('payments')
    const provider = await startOrdersProvider(payments, new Set(quirks), environment)
    providers.push(provider)
    open += 1
    const bare = openUrlTestbed('orders', provider.url)
    const testbed: Testbed = {
      ...bare,
      description: {
        ...bare.description,
        id: `t-${providers.length}`,
        values: { port: '1' },
        links: ['payments'],
      },
      database: () => ({
        url: 'postgres://fake',
        query: async (text, values = []) => provider.query(text, values),
      }),
      stub: (name) => {
        throw unknown('stub', name)
      },
      link: (name) => {
        if (name !== 'payments') throw unknown('link', name)
        return payments
      },
      log: async () => [...provider.log],
      restartProvider: async () => {},
      killProvider: async () => {},
      [Symbol.asyncDispose]: async () => {
        open -= 1
        await provider[Symbol.asyncDispose]()
      },
    }
    return testbed
  }
  return {
    lease,
    providers,
    open: () => open,
    credentials: [credential('admin'), credential('writer')],
    seed: 1,
    signal: new AbortController().signal,
    journal: {
      events,
      note: (what, exchange) =>
        events.push({
          at: performance.now() - started,
          what,
          ...(exchange === undefined ? {} : { exchange }),
        }),
    },
  }
}

/** A command that asks the provider, so that what the provider does wrong shows in what it prints. */
const countPayments: StandIn = async ({ arguments: [order = ''], environment }) => {
  const answer = await fetch(`${environment['PROVIDER_URL']}/orders/${order}`)
  const { payments } = (await answer.json()) as { readonly payments: number }
  return { stdout: `order ${order}\npayments ${payments}\n` }
}

/** What the config of these tests says beside the page. */
export const fakeSurroundings: Surroundings = {
  ...plainSurroundings,
  commands: { 'orders count': countPayments, node: true },
}

/** Loads a compiled page without imports of its own. */
export const loadScript = (guide: Guide): GuideScript => {
  const code = stripTypeScriptTypes(compileGuide(guide).code).replace(
    'export const scenarios =',
    'return',
  )
  // The page is one of the tests' own.
  // oxlint-disable-next-line no-new-func, no-implied-eval
  return { scenarios: new Function(code)() as GuideScript['scenarios'] }
}

/** The cases of a page, by what a person would type to find one. */
export const planned = (text: string, name: string): TestCase<GuideDetail> => {
  const cases = planGuide(readGuide('guides/orders.md', text), {
    integrations: ['orders'],
    commands: Object.keys(fakeSurroundings.commands),
  })
  const found = cases.find((candidate) => candidate.name.includes(name))
  if (found === undefined)
    throw new Error(`no case "${name}" among ${cases.map((one) => one.name).join(', ')}`)
  return found
}

/** Replays and judges one case of a page against a provider with some quirks. */
export const prove = async (
  text: string,
  name: string,
  quirks: readonly Quirk[] = [],
): Promise<{ readonly judgement: Judgement; readonly world: FakeWorld }> => {
  const world = makeFakeWorld(quirks)
  const testCase = planned(text, name)
  if (testCase.ruling !== undefined) throw new Error(`ruled: ${JSON.stringify(testCase.ruling)}`)
  const script = loadScript(readGuide('guides/orders.md', text))
  const seen = await replayGuide(testCase, world, script, fakeSurroundings)
  return { judgement: judgeGuide(testCase, seen), world }
}
