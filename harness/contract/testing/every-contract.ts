import { answering, get, http4, one, type AskedOf, type Writable } from './writable.ts'
import { ofBodies } from './written-bodies.ts'
import { ofGenerators, ofRules } from './written-rules.ts'

/** The same in each version: a body that must be equal. */
const ofVersions = ['1.0.0', '1.1.0', '2.0.0', '3.0.0', '4.0'].map((version): Writable => {
  const content = { id: 1 }
  const body =
    version === '4.0' ? { content, contentType: 'application/json', encoded: false } : content
  return {
    name: `version ${version}`,
    contract: one(version, { response: { status: 200, body } }),
    right: answering({ id: 1, more: true }),
    wrong: answering({ id: 2 }),
    codes: ['contract-body'],
  }
})

const listOf = (asked: AskedOf, name: string): string => JSON.stringify(asked.query.getAll(name))

const ofRequests: readonly Writable[] = [
  ...[
    ['2.0.0', 'id=1&id=2&q=a%20b'] as const,
    ['3.0.0', { id: ['1', '2'], q: ['a b'] }] as const,
    ['4.0', { id: ['1', '2'], q: ['a b'] }] as const,
  ].map(([version, query]): Writable => ({
    name: `a query with a list, version ${version}`,
    contract: one(version, { request: { ...get, query }, response: { status: 200 } }),
    right: (asked) => ({
      status: listOf(asked, 'id') === '["1","2"]' && listOf(asked, 'q') === '["a b"]' ? 200 : 400,
    }),
    wrong: (asked) => ({ status: listOf(asked, 'id') === '["1"]' ? 200 : 400 }),
    codes: ['contract-status'],
  })),
  {
    name: 'repeated headers that are sent',
    contract: http4({
      request: { ...get, headers: { 'X-Tag': ['a', 'b'] } },
      response: { status: 200 },
    }),
    right: ({ headers }) => ({
      status: String(headers['x-tag']).replaceAll(' ', '') === 'a,b' ? 200 : 400,
    }),
    wrong: ({ headers }) => ({ status: headers['x-tag'] === 'a' ? 200 : 400 }),
    codes: ['contract-status'],
  },
  {
    name: 'repeated headers that come',
    contract: http4({ response: { status: 200, headers: { Vary: ['Accept', 'Origin'] } } }),
    right: () => ({ headers: { Vary: ['Accept', 'Origin'] } }),
    wrong: () => ({ headers: { Vary: 'Accept' } }),
    codes: ['contract-header'],
  },
  {
    name: 'a class of statuses',
    contract: http4({
      response: {
        status: 404,
        matchingRules: {
          status: { combine: 'AND', matchers: [{ match: 'statusCode', status: 'clientError' }] },
        },
      },
    }),
    right: () => ({ status: 410 }),
    wrong: () => ({ status: 500 }),
    codes: ['contract-status'],
  },
  {
    name: 'a generator in what is expected, which comes to nothing',
    contract: http4({
      response: {
        status: 200,
        body: { content: { v: 'recorded' }, contentType: 'application/json', encoded: false },
        generators: { body: { '$.v': { type: 'Uuid' } } },
      },
    }),
    right: answering({ v: 'recorded' }),
    wrong: answering({ v: '7d6f3c5e-4a7b-4a0e-9d0c-2f1f6f0f8a55' }),
    codes: ['contract-body'],
  },
  {
    name: 'comments, and not pending',
    contract: http4({
      pending: false,
      comments: { text: ['for the list'], testname: 'lists items' },
      response: { status: 200 },
    }),
    right: () => ({}),
    wrong: () => ({ status: 500 }),
    codes: ['contract-status'],
  },
  {
    name: 'pending, which is red all the same',
    contract: http4({ pending: true, response: { status: 200 } }),
    right: () => ({}),
    wrong: () => ({ status: 500 }),
    codes: ['contract-status'],
  },
]

/** Everything that a contract of requests can say. Messages have a test of their own. */
export const everyContract: readonly Writable[] = [
  ...ofVersions,
  ...ofRules,
  ...ofGenerators,
  ...ofBodies,
  ...ofRequests,
]
