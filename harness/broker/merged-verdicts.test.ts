import { describe, expect, test } from 'vitest'
import { planContract } from '../contract/plan/plan.ts'
import { readContract } from '../contract/read/read.ts'
import { verdicts, type Verdict } from '../model/verdict.ts'
import { digestOf, mergedVerdicts } from './merged-verdicts.ts'

const text = JSON.stringify({
  consumer: { name: 'web' },
  provider: { name: 'shop' },
  interactions: ['a', 'a', 'b'].map((description, index) => ({
    ...(index === 0 ? { _id: 'of-the-broker' } : {}),
    description,
    request: { method: 'GET', path: `/${index}` },
    response: { status: 200 },
  })),
})
const contract = readContract('contracts/web.json', text)
const digest = digestOf(text)
const ids = planContract(contract, { integration: 'shop' }).map(({ id }) => id)

const results = (...given: readonly Verdict[]) =>
  given.map((verdict, index) => ({
    id: ids[index] ?? '',
    integration: 'shop',
    verdict,
    file: 'contracts/web.json',
    digest,
  }))

const merged = (...given: readonly Verdict[]) => mergedVerdicts(contract, digest, results(...given))

test('a contract is verified where all its interactions are, those of the same name told apart', () => {
  expect(merged('verified', 'verified', 'verified')).toMatchObject({
    success: true,
    interactions: [
      { description: 'a', brokersId: 'of-the-broker' },
      { description: 'a', brokersId: undefined },
      { description: 'b' },
    ],
  })
})

test.each<Verdict>(['failed', 'unsteady'])('one that is %s makes the whole fail', (verdict) => {
  expect(merged('verified', verdict, 'verified')).toMatchObject({ success: false })
})

describe('nothing is said of a contract', () => {
  test.each(
    verdicts.filter((one) => !['verified', 'failed', 'unsteady', 'not-reproduced'].includes(one)),
  )('of which an interaction is %s', (verdict) => {
    expect(merged('verified', verdict, 'failed')).toEqual({
      incomplete: `1 of 3 interactions came to no judgement (${verdict})`,
    })
  })

  test('of which an interaction did not run', () => {
    expect(merged('verified', 'verified')).toEqual({
      incomplete: '1 of 3 interactions did not run',
    })
    expect(mergedVerdicts(contract, digest, [])).toEqual({
      incomplete: '3 of 3 interactions did not run',
    })
  })

  test('that changed since, or that shards had different ones of', () => {
    const other = results('verified', 'verified', 'verified').map((one, index) =>
      index === 1 ? { ...one, digest: 'x' } : one,
    )
    expect(mergedVerdicts(contract, digest, other)).toEqual({
      incomplete:
        'the contract is not the one that was replayed: it changed since, or shards had different ones',
    })
  })
})
