import { expect, test } from 'vitest'
import { schemaField } from './schema-field.ts'
import { schemaWords } from './schema-words.ts'

const document = {
  Order: {
    type: 'object',
    properties: {
      id: { type: 'integer', minimum: 1, maximum: 9 },
      state: { $ref: '#/State' },
      lines: { type: 'array', minItems: 1, items: { $ref: '#/Order' } },
      pair: { prefixItems: [{ type: 'string' }], items: { type: 'boolean' } },
      '1': { const: 'one' },
    },
    patternProperties: { '^x-': { type: 'null' }, '[': {} },
    additionalProperties: { type: ['string', 'null'], maxLength: 3 },
  },
  State: { type: 'string', enum: ['open', 'paid'] },
  Mixed: { allOf: [{ $ref: '#/Mixed' }, { oneOf: [{}, { $ref: '#/Order' }] }] },
  Closed: { properties: { a: false }, additionalProperties: false },
  Date: { type: 'string', format: 'date', pattern: '^2', exclusiveMinimum: 0 },
}

test.each([
  ['/Order', [], 'object'],
  ['/Order', ['id'], 'integer, at least 1, at most 9'],
  ['/Order', ['state'], 'string, one of "open", "paid"'],
  ['/Order', ['lines'], 'array, at least 1 items'],
  ['/Order', ['lines', '3', 'state'], 'string, one of "open", "paid"'],
  ['/Order', ['pair', '0'], 'string'],
  ['/Order', ['pair', '1'], 'boolean'],
  ['/Order', ['1'], '"one"'],
  ['/Order', ['x-a'], 'null'],
  ['/Order', ['other'], 'string or null, at most 3 characters'],
  ['/Mixed', ['id'], 'integer, at least 1, at most 9'],
  ['/Closed', ['a'], 'nothing'],
  ['/Date', [], 'string, format date, matching "^2", more than 0'],
  ['/Mixed', [], 'any value'],
])('%s at %j says %s', (pointer, steps, words) => {
  const field = schemaField(document, pointer, steps)
  expect(field === undefined ? undefined : schemaWords(document, field)).toBe(words)
})

test.each([
  ['/Closed', ['b']],
  ['/Order', ['id', 'deeper']],
  ['/Nowhere', []],
])('%s at %j says nothing', (pointer, steps) => {
  expect(schemaField(document, pointer, steps)).toBeUndefined()
})
