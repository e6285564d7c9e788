import { expect, test } from 'vitest'
import { guardedOrder } from '../testing/guarded-order.ts'
import { prove } from '../testing/prove.ts'

const found = async (status: number, removed?: string) => {
  const { document, broken, credentials } = guardedOrder({ status })
  const text = JSON.stringify(document)
  const silent = removed === undefined ? text : text.replace(`"${removed}":`, '"499":')
  const options = { techniques: ['credentials'] as const, credentials }
  return (await prove(JSON.parse(silent) as typeof document, broken, options)).findings
}

test('403 to somebody without a credential, where the document lists 401', async () => {
  expect(await found(403)).toMatchObject([
    { code: 'credential-status', expected: '401, which asks for a credential', actual: '403' },
  ])
})

test('not where the document lists no 401', async () => {
  expect(await found(403, '401')).toEqual([])
})
