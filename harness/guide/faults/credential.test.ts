import { describe, expect, test } from 'vitest'
import { makeFakeWorld } from '../testing/fake-world.ts'
import { plainSurroundings, type Surroundings } from '../surroundings.ts'
import { parseFault, putFault } from './kinds.ts'

const put = async (text: string, surroundings: Surroundings) => {
  const parsed = parseFault(text)
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  await using testbed = await makeFakeWorld().lease()
  return putFault(
    testbed,
    { ...parsed.fault, text, place: { file: 'g.md', line: 1 } },
    surroundings,
  )
}

describe('[fault-credential] a key of the provider', () => {
  test.each(['rotated', 'expired', 'revoked', 'too weak'])('can be %s', (words) => {
    expect(parseFault(`credential \`payments-key\`, ${words}`)).toEqual({
      fault: { kind: 'credential', name: 'payments-key', state: words.replace(' ', '-') },
    })
  })

  test('has a nearest where its state is mistyped', () => {
    expect(parseFault('credential `payments-key`, rotatd')).toMatchObject({
      problem: { fix: 'write it as: rotated' },
    })
  })

  test('must be one that a stub checks', async () => {
    const keys = {
      'payments-key': { stub: 'payments', shown: () => ({ name: 'payments-key', fields: [] }) },
    }
    await expect(put('credential `paymentskey`, rotated', plainSurroundings)).rejects.toThrow(
      "wiremock({ …, credential: 'paymentskey' })",
    )
    await expect(
      put('credential `paymentskey`, rotated', { ...plainSurroundings, keys }),
    ).rejects.toThrow('write "payments-key"')
  })
})
