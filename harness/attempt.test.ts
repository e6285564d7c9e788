import { describe, expect, test } from 'vitest'
import { attempt, type Laboratory, type Proof } from './attempt.ts'
import type { TestCase } from './model/test-case.ts'
import { Blocked, UserError } from './model/user-error.ts'
import type { Testbed } from './testbed/testbed.ts'
import { openUrlTestbed } from './testbed/url-testbed.ts'

const testCase: TestCase<undefined> = {
  id: 'a3f09c2d41',
  kind: 'operation',
  integration: 'orders',
  group: [],
  name: 'GET /orders',
  place: { file: 'specs/orders.yaml', line: 3 },
  detail: undefined,
}

const notUsed = (): never => {
  throw new Error('this test does not use it')
}

/** A laboratory whose testbeds are made of nothing, and what became of them. */
const laboratory = (changes: Partial<Laboratory> = {}) => {
  const happened: string[] = []
  const bare = openUrlTestbed('orders', 'http://127.0.0.1:1')
  const lease = async (): Promise<Testbed> => ({
    ...bare,
    description: { ...bare.description, id: 't1', madeOf: ['nothing'] },
    log: async () => ['a line of the log'],
    stubReports: async () => [{ name: 'payments', unmatched: ['POST /charges'], unused: [] }],
    keep: () => void happened.push('kept'),
    [Symbol.asyncDispose]: async () => void happened.push('closed'),
  })
  const made: Laboratory = {
    lease,
    credentials: [],
    seed: 1,
    attemptMilliseconds: 60_000,
    signal: new AbortController().signal,
    keep: false,
    ...changes,
  }
  return { made, happened }
}

const leasing = (verdict: 'verified' | 'failed'): Proof<undefined, undefined> => ({
  replay: async (_, world) => {
    await using testbed = await world.lease()
    world.journal.note(`asked ${testbed.description.id}`)
    return undefined
  },
  judge: () => ({ verdict, findings: [] }),
})

const throwing = (error: unknown): Proof<undefined, undefined> => ({
  replay: async () => {
    throw error
  },
  judge: notUsed,
})

describe('an attempt', () => {
  test('takes down what happened, on what, and what the provider logged', async () => {
    const { made, happened } = laboratory()
    expect((await attempt(testCase, leasing('verified'), made)).attempt).toMatchObject({
      verdict: 'verified',
      testbed: 't1',
      madeOf: ['nothing'],
      log: ['a line of the log'],
      stubs: [{ name: 'payments', unmatched: ['POST /charges'], unused: [] }],
      events: [{ what: 'asked t1' }],
    })
    expect(happened).toEqual(['closed'])
  })

  test.each([
    [new Blocked({ problem: 'no Java', fix: 'install it' }), 'blocked', 'install it'],
    [new UserError({ problem: 'no such credential', fix: 'name one' }), 'failed', 'name one'],
  ])('that meets %o is %s and says the fix', async (error, verdict, fix) => {
    const result = await attempt(testCase, throwing(error), laboratory().made)
    expect(result.attempt.verdict).toBe(verdict)
    expect(result.reason).toContain(error.message)
    expect(result.fix).toBe(fix)
  })

  test('shows the log of what did not start', async () => {
    const error = new Blocked({ problem: 'exit code 3', log: 'the shelf is broken' })
    expect((await attempt(testCase, throwing(error), laboratory().made)).reason).toBe(
      'exit code 3\nthe shelf is broken',
    )
  })

  test('that meets a mistake of ours is blocked, with the stack, and never green', async () => {
    const result = await attempt(
      testCase,
      throwing(new TypeError('x is not a function')),
      laboratory().made,
    )
    expect(result.attempt.verdict).toBe('blocked')
    expect(result.reason).toMatch(/^Proofbook itself failed here: TypeError: x is not a function\n/)
  })

  test('that is not done in time is given up', async () => {
    const hanging: Proof<undefined, never> = {
      replay: async (_, world) => {
        await world.lease()
        return new Promise<never>(() => {})
      },
      judge: notUsed,
    }
    const result = await attempt(testCase, hanging, laboratory({ attemptMilliseconds: 20 }).made)
    expect(result.attempt.verdict).toBe('blocked')
    expect(result.reason).toContain('not done after 0.02 s')
  })

  test('whose run has ended is aborted', async () => {
    const ended = laboratory({ signal: AbortSignal.abort() })
    const result = await attempt(testCase, throwing(new Error('any')), ended.made)
    expect(result.attempt.verdict).toBe('aborted')
  })
})

describe('with keep', () => {
  test('the testbed of a red case stays open', async () => {
    const { made, happened } = laboratory({ keep: true })
    await attempt(testCase, leasing('failed'), made)
    expect(happened).toEqual(['kept', 'closed'])
  })

  test('that of a green one does not', async () => {
    const { made, happened } = laboratory({ keep: true })
    await attempt(testCase, leasing('verified'), made)
    expect(happened).toEqual(['closed'])
  })
})
