import { expect, test } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { caseOf, contractText, lineAt } from '../contract/testing/contract-text.ts'
import { soundInteraction } from './testing/disagreements.ts'
import { shopSpec, shopSpecText } from './testing/shop-spec.ts'
import { withSpec } from './with-spec.ts'

const spec = await shopSpec()

const of = (pointer: string, interaction: unknown = soundInteraction, version = '3.0.0') => {
  const { detail } = caseOf(contractText(version, [interaction]))
  const finding: Finding = {
    code: 'contract-body',
    summary: '',
    subject: '',
    place: { file: 'contracts/web-orders-api.json', line: 1, pointer },
    expected: '',
    actual: '',
    confirmed: false,
  }
  return withSpec({ verdict: 'failed', findings: [finding] }, detail, spec).findings[0]?.spec
}

const wrapped = { ...soundInteraction, type: 'Synchronous/HTTP' }
const plainText = {
  ...soundInteraction,
  response: { status: 200, headers: { 'Content-Type': ['text/plain'] }, body: 'tea' },
}
const unknownStatus = { ...soundInteraction, response: { status: 418, body: {} } }
const unknownPath = { ...soundInteraction, request: { path: '/nowhere' } }
const posting = {
  description: 'made',
  request: { method: 'POST', path: '/v1/items' },
  response: { status: 201, headers: { location: '/items/1' } },
}

/** Pointer, interaction, version; what the spec says, and its line there. */
test.each<[string, unknown, string, string, string]>([
  [
    '/body/id',
    soundInteraction,
    '3.0.0',
    'integer, at least 1',
    'id: { type: integer, minimum: 1 }',
  ],
  [
    '/body/parts/0/id',
    soundInteraction,
    '3.0.0',
    'integer, at least 1',
    'id: { type: integer, minimum: 1 }',
  ],
  ['/body/content/id', wrapped, '4.0', 'integer, at least 1', 'id: { type: integer, minimum: 1 }'],
  ['/body/colour', soundInteraction, '3.0.0', 'nothing about colour', 'Item:'],
  ['/body', soundInteraction, '3.0.0', 'object', 'Item:'],
  ['/body', plainText, '3.0.0', 'string', 'schema: { type: string }'],
  ['/status', soundInteraction, '3.0.0', 'the statuses 200, 404', 'responses:'],
  ['/headers', soundInteraction, '3.0.0', 'application/json or text/plain', "'200':"],
  [
    '/headers/Location',
    posting,
    '3.0.0',
    'string, format uri-reference, required',
    'Location: { required: true, schema: { type: string, format: uri-reference } }',
  ],
  ['/headers/X-Odd', posting, '3.0.0', 'nothing about the header X-Odd', "'201':"],
  ['/body', posting, '3.0.0', 'no body', "'201':"],
  [
    '/status',
    unknownStatus,
    '3.0.0',
    'nothing about the status 418: it knows 200, 404',
    'responses:',
  ],
  ['/status', unknownPath, '3.0.0', 'nothing about GET /nowhere', 'paths:'],
])('a finding at %s has what the spec says', (inside, interaction, version, words, line) => {
  const said = of(`/interactions/0/response${inside}`, interaction, version)
  const [, saidWords, at] = /^(.*) \(specs\/shop\.yaml:(\d+):\d+\)$/.exec(said ?? '') ?? []
  expect(saidWords).toBe(words)
  expect(lineAt(shopSpecText, Number(at))).toBe(line)
})

test('a finding elsewhere, a message, and a contract without a spec are left as they are', () => {
  expect(of('/interactions/1/response/status')).toBeUndefined()
  expect(of('/states.ts')).toBeUndefined()
  expect(of('/interactions/0')).toBeUndefined()
  const message = { type: 'Asynchronous/Messages', description: 'm' }
  expect(of('/interactions/0/response/status', message, '4.0')).toBeUndefined()
  const judgement = { verdict: 'failed', findings: [] } as const
  const { detail } = caseOf(contractText('3.0.0', [soundInteraction]))
  expect(withSpec(judgement, detail, undefined)).toBe(judgement)
})
