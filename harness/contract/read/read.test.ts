import { describe, expect, test } from 'vitest'
import { formatPlace } from '../../model/place.ts'
import { UserError } from '../../model/user-error.ts'
import { contractText, lineAt } from '../testing/contract-text.ts'
import { isContract, readContract } from './read.ts'

const file = 'contracts/web-orders-api.json'
const request = { method: 'get', path: '/orders/1' }
const response = { status: 200 }
const plain = { description: 'a request', request, response }

const messageOf = (data: string | Uint8Array, options?: { bytesMax: number }): string => {
  try {
    readContract(file, data, options)
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  return 'read'
}

describe('the version', () => {
  test.each([
    ['1.0.0', '1'],
    ['1.1.0', '1.1'],
    ['2.0.0', '2'],
    ['2', '2'],
    ['3.0.0', '3'],
    ['4.0', '4'],
  ])('%s is %s', (version, expected) => {
    expect(readContract(file, contractText(version, [plain])).specification).toBe(expected)
  })

  test.each([
    [{ pactSpecificationVersion: '3.0.0' }, '3'],
    [{ 'pact-specification': { version: '1.0.0' } }, '1'],
    [{}, '2'],
    [undefined, '2'],
    [null, '2'],
  ])('metadata %j says %s', (metadata, expected) => {
    const text = contractText('', [plain], { metadata })
    expect(readContract(file, text).specification).toBe(expected)
  })

  test('an unknown one is an error at its line', () => {
    const text = contractText('5.0', [plain])
    expect(messageOf(text)).toBe(
      [
        `${file}:22:7: the contract is of Pact specification "5.0"`,
        '  expected: one of 1, 1.1, 2, 3, 4',
        '  fix: write it with a version of Pact that Proofbook knows',
      ].join('\n'),
    )
    expect(lineAt(text, 22)).toBe('"version": "5.0"')
  })
})

describe('provider states', () => {
  test.each([
    ['1.0.0', { provider_state: 'a' }, [['a', {}]]],
    ['2.0.0', { providerState: 'a' }, [['a', {}]]],
    ['2.0.0', { providerState: null }, []],
    ['2.0.0', { providerState: '' }, []],
    ['3.0.0', { providerStates: [] }, []],
    [
      '3.0.0',
      { providerStates: [{ name: 'a' }, { name: 'b', params: { id: 1 } }] },
      [
        ['a', {}],
        ['b', { id: 1 }],
      ],
    ],
    ['4.0', { providerStates: [{ name: 'a', params: null }] }, [['a', {}]]],
    ['3.0.0', { providerState: 'old', providerStates: [{ name: 'new' }] }, [['new', {}]]],
  ])('version %s: %j', (version, states, expected) => {
    const [interaction] = readContract(
      file,
      contractText(version, [{ ...plain, ...states }]),
    ).interactions
    expect(interaction?.states.map(({ name, parameters }) => [name, parameters])).toEqual(expected)
  })

  test('each knows its own line', () => {
    const text = contractText('3.0.0', [
      { ...plain, providerStates: [{ name: 'a' }, { name: 'b', params: { id: 1 } }] },
    ])
    const [interaction] = readContract(file, text).interactions
    expect(interaction?.states.map(({ place }) => lineAt(text, place.line))).toEqual([
      '"name": "a"',
      '"name": "b",',
    ])
  })
})

describe('interactions', () => {
  test('know their place, and keep their text as it stands in the file', () => {
    const text = contractText('3.0.0', [plain, { ...plain, description: 'another' }]).replace(
      '"status": 200',
      '"status": 200, "body": [1.0, 12345678901234567890]',
    )
    const [first, second] = readContract(file, text).interactions
    expect(first?.source).toContain('[1.0, 12345678901234567890]')
    expect(first).toMatchObject({ description: 'a request', method: 'GET', path: '/orders/1' })
    expect(first?.place).toEqual({ file, line: 9, column: 5, pointer: '/interactions/0' })
    expect(second?.place).toMatchObject({ line: 19, pointer: '/interactions/1' })
    expect(lineAt(text, 20)).toBe('"description": "another",')
  })

  test.each([
    ['3.0.0', { messages: [{ description: 'placed' }] }, ['asynchronous-message']],
    [
      '4.0',
      {
        interactions: [
          { ...plain, type: 'Synchronous/HTTP' },
          { description: 'placed', type: 'Asynchronous/Messages', contents: {} },
          { description: 'asked', type: 'Synchronous/Messages', request: {}, response: [] },
        ],
      },
      ['http', 'asynchronous-message', 'synchronous-message'],
    ],
    [
      '3.0.0',
      { interactions: [plain], messages: [{ description: 'placed' }] },
      ['http', 'asynchronous-message'],
    ],
  ])('version %s: %j', (version, more, kinds) => {
    const contract = readContract(file, contractText(version, [], more))
    expect(contract.interactions.map(({ kind }) => kind)).toEqual(kinds)
  })

  test('pending ones and those of a plugin are told', () => {
    const text = contractText(
      '4.0',
      [{ ...plain, pending: true, pluginConfiguration: { protobuf: {} } }],
      {
        metadata: {
          pactSpecification: { version: '4.0' },
          plugins: [
            { name: 'csv', version: '1' },
            { name: 'protobuf', version: '0.3.1' },
          ],
        },
      },
    )
    expect(readContract(file, text).interactions[0]).toMatchObject({
      pending: true,
      plugin: { name: 'protobuf', version: '0.3.1' },
    })
  })

  test('a repeated key counts as JSON parsers count it: the last', () => {
    const text = contractText('2.0.0', [plain]).replace('"path"', '"path": "/old", "path"')
    expect(readContract(file, text).interactions[0]?.path).toBe('/orders/1')
  })
})

const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le')

describe('bad input is one clear message with its place', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['empty', '', `${file}:1:1: the file is empty`],
    ['blank', ' \n', `${file}:1:1: the file is empty`],
    ['truncated in an object', '{\n  "consumer": {', `${file}:2:16: the file ends in the middle`],
    ['truncated in a text', '{\n  "consumer": "we', `${file}:2:18: the file ends in the middle`],
    ['truncated after a key', '{"consumer"', `${file}:1:12: the file ends in the middle`],
    ['no JSON', '{\n  consumer: 1\n}', `${file}:2:3: the file is not JSON: invalid symbol`],
    ['a comment', '{\n// x\n}', `${file}:2:1: the file is not JSON: invalid comment token`],
    ['two documents', '{}\n{}', `${file}:2:1: the file is not JSON: end of file expected`],
    ['an array', '[]', `${file}:1:1: the contract is an array`],
    ['null', 'null', `${file}:1:1: the contract is a null`],
    [
      'nested deeply',
      '['.repeat(100_000),
      `${file}:1:1001: the contract is nested deeper than 1000`,
    ],
    ['UTF-16', utf16('{}'), `${file}:1:1: the contract is encoded in UTF-16 (little-endian)`],
    ['UTF-16 without a mark', Buffer.from('{}', 'utf16le'), 'in UTF-16 (little-endian, without'],
    [
      'not UTF-8',
      Buffer.from('{\n "a": "\xff"}', 'latin1'),
      `${file}:2:8: the contract holds bytes`,
    ],
    [
      'no consumer',
      contractText('2', [plain], { consumer: {} }),
      `${file}:2:3: the contract's "consumer.name" is not valid`,
    ],
    [
      'no provider',
      contractText('2', [plain], { provider: { name: ' ' } }),
      `${file}:6:5: the contract's "provider.name"`,
    ],
    ['no interaction', contractText('2', []), `${file}:8:3: the contract has no interaction`],
    [
      'interactions of no array',
      contractText('2', [plain], { interactions: 1 }),
      `the contract's "interactions" is not valid`,
    ],
    [
      'a status of text',
      contractText('2', [{ ...plain, response: { status: 'ok' } }]),
      `${file}:16:9: the contract's "interactions[0].response.status"`,
    ],
    [
      'no request',
      contractText('2', [{ description: 'd', response }]),
      `${file}:9:5: the contract's "interactions[0].request"`,
    ],
    [
      'an unknown type',
      contractText('4.0', [{ ...plain, type: 'Sync/HTTP' }]),
      `${file}:18:7: the interaction has an unknown type "Sync/HTTP"`,
    ],
  ])('%s', (_, data, message) => {
    expect(messageOf(data)).toContain(message)
  })

  test('too large', () => {
    expect(messageOf(contractText('2', [plain]), { bytesMax: 100 })).toContain(
      'the file is too large: 0.0 MB',
    )
  })

  test('the whole message names what was expected and the fix', () => {
    expect(messageOf(contractText('2', []))).toBe(
      [
        `${file}:8:3: the contract has no interaction, so nothing would be checked`,
        '  expected: at least one interaction or message',
        '  fix: run the consumer tests that write it again, or delete the file',
      ].join('\n'),
    )
    expect(messageOf(contractText('2', [plain], { consumer: {} }))).toContain(
      'fix: name the consumer: "consumer": { "name": "web" }',
    )
  })
})

test('a byte order mark is no fault', () => {
  const text = contractText('2', [plain])
  expect(messageOf(`\uFEFF${text}`)).toBe('read')
  expect(messageOf(Buffer.from(`\uFEFF${text}`))).toBe('read')
})

test('a large contract is read in time that grows with its size', () => {
  const interactions = Array.from({ length: 2000 }, (_, index) => ({
    ...plain,
    description: `r ${index}`,
  }))
  const contract = readContract(file, contractText('3.0.0', interactions))
  expect(contract.interactions).toHaveLength(2000)
  const last = contract.interactions.at(-1)
  expect(last === undefined ? '' : formatPlace(last.place)).toBe(`${file}:${9 + 1999 * 10}:5`)
})

test.each([
  [{ consumer: {}, provider: {}, interactions: [] }, true],
  [{ consumer: {}, provider: {}, messages: [] }, true],
  [{ consumer: {}, provider: {} }, false],
  [{ openapi: '3.1.0' }, false],
  [[], false],
  [null, false],
  ['text', false],
])('isContract(%j) is %s', (value, expected) => {
  expect(isContract(value)).toBe(expected)
})
