import { expect, test } from 'vitest'
import { stackPlace } from './stack-place.ts'

const folders = { project: '/p', harness: '/p/node_modules/proofbook/dist' }
const place = { file: 'fixtures/states.ts', line: 3, column: 9 }

test.each([
  ['Error: no\n    at setup (/p/fixtures/states.ts:3:9)'],
  ['Error: no\n    at file:///p/fixtures/states.ts:3:9'],
  ['Error: no\n    at async Object.setup (file:///p/fixtures/states.ts:3:9)'],
  ['Error: no\n    at async /p/fixtures/states.ts:3:9'],
  ['Error: a (b:1:2)\n    at node:internal/process:1:1\n    at setup (/p/fixtures/states.ts:3:9)'],
  [
    'Error: no\n    at query (/p/node_modules/pg/client.js:1:1)\n    at setup (/p/fixtures/states.ts:3:9)',
  ],
])('%j', (stack) => {
  expect(stackPlace(stack, folders)).toEqual(place)
})

test('our own frames are passed over, also where the harness is no package', () => {
  const stack =
    'Error: no\n    at query (/p/harness/testbed/client.ts:1:1)\n    at /p/fixtures/states.ts:3:9'
  expect(stackPlace(stack, { project: '/p', harness: '/p/harness' })).toEqual(place)
})

test.each([[undefined], [''], ['Error: no'], ['Error: no\n    at node:fs:1:2']])(
  '%j leads nowhere',
  (stack) => {
    expect(stackPlace(stack, folders)).toBeUndefined()
  },
)
