import { expect, test } from 'vitest'
import { z } from 'zod'
import { expectCommitted } from '../testing/committed-page.ts'
import type { CaseMeta } from '../vitest/meta.ts'
import { reportOf, reportSchema } from './json-report.ts'

const verified: CaseMeta = {
  id: 'a',
  name: 'GET /orders',
  kind: 'operation',
  integration: 'orders',
  verdict: 'verified',
  findings: [],
  curls: [],
  requests: 2,
  madeOf: [],
}

const failed: CaseMeta = {
  ...verified,
  id: 'b',
  verdict: 'failed',
  findings: [
    {
      code: 'body-schema',
      summary: 's',
      subject: 'GET /orders',
      place: { file: 'specs/a.yaml', line: 3 },
      expected: 'e',
      actual: 'c',
      confirmed: true,
    },
  ],
  curls: [['ID=1', "curl -i 'http://x'"]],
}

const blocked: CaseMeta = {
  ...verified,
  id: 'c',
  verdict: 'blocked',
  reason: 'no Java',
  fix: 'apt-get',
}

const crossCheck: CaseMeta = {
  ...verified,
  id: 'd',
  kind: 'cross-check',
  reason: 'Not checked: "placed", a message.',
}

const run = { seconds: 1.5, seed: 7 }

test('the report holds to its own schema and counts what was seen', () => {
  const report = reportOf({ cases: [verified, failed, blocked, crossCheck], status: 1, ...run })
  expect(reportSchema.parse(report)).toEqual(report)
  expect(report).toMatchObject({
    verdict: 'failed',
    cases: { verified: 2, failed: 1, blocked: 1 },
    findings: [
      {
        code: 'body-schema',
        class: 'provider',
        subjects: ['GET /orders'],
        before: ['ID=1'],
        curl: "curl -i 'http://x'",
        smallest: false,
        cases: [{ case: 'b', name: 'GET /orders' }],
      },
    ],
    unresolved: [{ case: 'c', verdict: 'blocked', reason: 'no Java', fix: 'apt-get' }],
    notChecked: [{ case: 'd', reason: 'Not checked: "placed", a message.' }],
    requests: 8,
  })
})

test.each([
  [0, 'verified'],
  [1, 'failed'],
  [2, 'nothing-judged'],
  [130, 'aborted'],
])('exit status %i is %s', (status, verdict) => {
  expect(reportOf({ cases: [], status, ...run }).verdict).toBe(verdict)
})

test('docs/verify.schema.json is the schema of the report', async () => {
  const schema = { title: 'proofbook verify --json', ...z.toJSONSchema(reportSchema) }
  await expectCommitted('docs/verify.schema.json', JSON.stringify(schema))
})
