import { answering, http4, type AskedOf, type Writable } from './writable.ts'

/** Rule, example, what keeps it, what does not. */
const rules: readonly (readonly [
  string,
  Readonly<Record<string, unknown>>,
  unknown,
  unknown,
  unknown,
])[] = [
  ['type', { match: 'type' }, 'a', 'b', 1],
  ['regex', { match: 'regex', regex: '^a+$' }, 'a', 'aa', 'b'],
  ['equality', { match: 'equality' }, 'a', 'a', 'b'],
  ['include', { match: 'include', value: 'ea' }, 'tea', 'pea', 'po'],
  ['integer', { match: 'integer' }, 1, 2, 2.5],
  ['decimal', { match: 'decimal' }, 1.5, 2.5, 2],
  ['number', { match: 'number' }, 1, 2.5, '2'],
  ['boolean', { match: 'boolean' }, true, false, 'x'],
  ['null', { match: 'null' }, null, null, 1],
  ['date', { match: 'date', date: 'yyyy-MM-dd' }, '2026-01-31', '2025-12-01', '31.1.2026'],
  ['time', { match: 'time', time: 'HH:mm' }, '10:11', '23:59', '25:00'],
  [
    'datetime',
    { match: 'datetime', datetime: "yyyy-MM-dd'T'HH:mm:ss" },
    '2026-01-31T10:11:12',
    '2025-12-01T00:00:00',
    'yesterday',
  ],
  ['a minimum of items', { match: 'type', min: 2 }, ['a', 'b'], ['c', 'd', 'e'], ['c']],
  ['a maximum of items', { match: 'type', max: 2 }, ['a'], ['c', 'd'], ['c', 'd', 'e']],
  ['values', { match: 'values' }, { a: 'x' }, { b: 'x' }, 'x'],
  ['notEmpty', { match: 'notEmpty' }, 'a', 'b', ''],
  ['semver', { match: 'semver' }, '1.0.0', '2.1.3', 'one'],
  [
    'eachKey',
    { match: 'eachKey', value: 'k1', rules: [{ match: 'regex', regex: '^k\\d$' }] },
    { k1: 'x' },
    { k2: 'x' },
    { other: 'x' },
  ],
  [
    'eachValue',
    { match: 'eachValue', value: 'x', rules: [{ match: 'integer' }] },
    { a: 1 },
    { a: 2, b: 3 },
    { a: 'x' },
  ],
  [
    'arrayContains',
    {
      match: 'arrayContains',
      variants: [
        {
          index: 0,
          rules: { '$.id': { combine: 'AND', matchers: [{ match: 'integer' }] } },
          generators: {},
        },
      ],
    },
    [{ id: 1 }],
    [{ other: true }, { id: 7 }],
    [{ other: true }],
  ],
]

/** Every matching rule of version 4. */
export const ofRules = rules.map(([name, rule, example, right, wrong]): Writable => ({
  name: `the rule ${name}`,
  contract: http4({
    response: {
      status: 200,
      headers: { 'Content-Type': ['application/json'] },
      body: { content: { v: example }, contentType: 'application/json', encoded: false },
      matchingRules: { body: { '$.v': { combine: 'AND', matchers: [rule] } } },
    },
  }),
  right: answering({ v: right }),
  wrong: answering({ v: wrong }),
  codes: ['contract-body'],
}))

/** Generator, and what its value looks like on the wire. */
const generators: readonly (readonly [Readonly<Record<string, unknown>>, RegExp])[] = [
  [{ type: 'RandomInt', min: 10, max: 19 }, /^"1\d"$/],
  [{ type: 'RandomDecimal', digits: 4 }, /^"?\d+\.?\d*"?$/],
  [{ type: 'RandomHexadecimal', digits: 8 }, /^"[0-9a-fA-F]{8}"$/],
  [{ type: 'RandomString', size: 12 }, /^"[^"]{12}"$/],
  [{ type: 'RandomBoolean' }, /^(true|false)$/],
  [{ type: 'Uuid' }, /^"[0-9a-f]{8}-[0-9a-f-]{27}"$/],
  [{ type: 'Regex', regex: 'x[0-9]{3}' }, /^"x[0-9]{3}"$/],
  [{ type: 'Date', format: 'yyyy-MM-dd' }, /^"20\d\d-\d\d-\d\d"$/],
  [{ type: 'Time', format: 'HH:mm' }, /^"\d\d:\d\d"$/],
  [{ type: 'DateTime', format: "yyyy-MM-dd'T'HH:mm" }, /^"20\d\d-\d\d-\d\dT\d\d:\d\d"$/],
]

const valueIn = ({ body }: AskedOf): string =>
  JSON.stringify((JSON.parse(body.toString()) as { readonly v: unknown }).v)

/** Every generator that makes a value up. */
export const ofGenerators = generators.map(([generator, looks]): Writable => ({
  name: `the generator ${String(generator['type'])}`,
  contract: http4({
    request: {
      method: 'POST',
      path: '/a',
      headers: { 'Content-Type': ['application/json'] },
      body: { content: { v: 'recorded' }, contentType: 'application/json', encoded: false },
      generators: { body: { '$.v': generator } },
    },
    response: { status: 200 },
  }),
  right: (asked) => ({ status: looks.test(valueIn(asked)) ? 200 : 400 }),
  wrong: (asked) => ({ status: valueIn(asked) === '"recorded"' ? 200 : 422 }),
  codes: ['contract-status'],
}))
