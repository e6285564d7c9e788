import { expect, test } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { caseOf, contractText } from '../contract/testing/contract-text.ts'
import { soundInteraction } from './testing/disagreements.ts'
import { shopSpec } from './testing/shop-spec.ts'
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

test.each<[string, unknown, string, string | undefined]>([
  ['/response/body/id', soundInteraction, '3.0.0', 'integer, at least 1 (specs/shop.yaml:52:9)'],
  [
    '/response/body/parts/0/id',
    soundInteraction,
    '3.0.0',
    'integer, at least 1 (specs/shop.yaml:52:9)',
  ],
  ['/response/body/content/id', wrapped, '4.0', 'integer, at least 1 (specs/shop.yaml:52:9)'],
  [
    '/response/body/colour',
    soundInteraction,
    '3.0.0',
    'nothing about colour (specs/shop.yaml:47:5)',
  ],
  ['/response/body', soundInteraction, '3.0.0', 'object (specs/shop.yaml:47:5)'],
  ['/response/body', plainText, '3.0.0', 'string (specs/shop.yaml:40:15)'],
  ['/response/status', soundInteraction, '3.0.0', 'the statuses 200, 404 (specs/shop.yaml:33:7)'],
  [
    '/response/headers',
    soundInteraction,
    '3.0.0',
    'application/json or text/plain (specs/shop.yaml:34:9)',
  ],
  [
    '/response/headers/Location',
    posting,
    '3.0.0',
    'string, format uri-reference, required (specs/shop.yaml:24:13)',
  ],
  [
    '/response/headers/X-Odd',
    posting,
    '3.0.0',
    'nothing about the header X-Odd (specs/shop.yaml:21:9)',
  ],
  ['/response/body', posting, '3.0.0', 'no body (specs/shop.yaml:21:9)'],
  [
    '/response/status',
    unknownStatus,
    '3.0.0',
    'nothing about the status 418: it knows 200, 404 (specs/shop.yaml:33:7)',
  ],
  ['/response/status', unknownPath, '3.0.0', 'nothing about GET /nowhere (specs/shop.yaml:4:1)'],
  ['', soundInteraction, '3.0.0', undefined],
])('a finding at %s has what the spec says', (inside, interaction, version, expected) => {
  expect(of(`/interactions/0${inside}`, interaction, version)).toBe(expected)
})

test('a finding elsewhere, a message, and a contract without a spec are left as they are', () => {
  expect(of('/interactions/1/response/status')).toBeUndefined()
  expect(of('/states.ts')).toBeUndefined()
  const message = { type: 'Asynchronous/Messages', description: 'm' }
  expect(of('/interactions/0/response/status', message, '4.0')).toBeUndefined()
  const judgement = { verdict: 'failed', findings: [] } as const
  const { detail } = caseOf(contractText('3.0.0', [soundInteraction]))
  expect(withSpec(judgement, detail, undefined)).toBe(judgement)
})
