import { expect, test } from 'vitest'
import { readContract } from '../read/read.ts'
import { caseOf, contractText } from '../testing/contract-text.ts'
import { sliceOf } from './slice.ts'

const request = { method: 'GET', path: '/a' }
const one = { description: 'one', request, response: { status: 200, body: 'N' } }
const slice = (text: string): string => {
  const { detail } = caseOf(text)
  return sliceOf(detail, detail.interaction.source)
}

test('a slice is a contract of one interaction, in the consumer’s own text', () => {
  const text = contractText('3.0.0', [one, { ...one, description: 'two' }]).replace('"N"', '1.0')
  const contract = readContract('slice.json', slice(text))
  expect(contract).toMatchObject({ consumer: 'web', provider: 'orders-api', specification: '3' })
  expect(contract.interactions.map(({ description }) => description)).toEqual(['one'])
  expect(slice(text)).toContain('"body": 1.0')
})

test('plugins are left out of the metadata, and nothing else', () => {
  const metadata = { a: 1.5, plugins: [{ name: 'csv' }], pactSpecification: { version: '4.0' } }
  const sliced = JSON.parse(slice(contractText('4.0', [one], { metadata }))) as {
    metadata: unknown
  }
  expect(sliced.metadata).toEqual({ a: 1.5, pactSpecification: { version: '4.0' } })
})

test('a contract without metadata has slices without', () => {
  expect(JSON.parse(slice(contractText('', [one], { metadata: undefined })))).not.toHaveProperty(
    'metadata',
  )
})

test('messages of version 3 stay messages', () => {
  const text = contractText('3.0.0', [], { messages: [{ description: 'placed' }] })
  expect(JSON.parse(slice(text))).toMatchObject({ messages: [{ description: 'placed' }] })
})
