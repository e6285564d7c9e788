import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import type { CaseMeta } from './meta.ts'
import { stepSummary, stepSummaryOf } from './step-summary.ts'

const good: CaseMeta = {
  id: 'x',
  name: 'GET /orders',
  kind: 'operation',
  integration: 'orders',
  verdict: 'verified',
  findings: [],
  curls: [],
  requests: 1,
  madeOf: [],
}
const bad: CaseMeta = {
  ...good,
  name: 'GET /a`b` <img src=x>\n# not a heading',
  verdict: 'failed',
  findings: [
    {
      code: 'body-schema',
      summary: '"total" is `a string`',
      subject: 'GET /orders',
      place: { file: 'specs/orders.yaml', line: 40, column: 3 },
      expected: 'integer',
      actual: '"12"',
      confirmed: true,
    },
  ],
}

test('names what is red, and lets nothing from outside become Markdown', () => {
  expect(stepSummary([good, bad], [' orders  2 operations', '```'])).toBe(
    `### Proofbook: 1 of 2 cases are not red

\`\`\`\`text
 orders  2 operations
\`\`\`
\`\`\`\`

- \`\`GET /a\`b\` <img src=x> # not a heading\`\` failed
  - body-schema: \`\` "total" is \`a string\` \`\` (\`specs/orders.yaml:40:3\`)
`,
  )
})

test('lists fifty, and counts the others', () => {
  const text = stepSummary(
    Array.from({ length: 53 }, () => bad),
    [],
  )
  expect(text.match(/^- ``GET/gm)).toHaveLength(50)
  expect(text).toContain('- and 3 more\n')
})

test('is appended where GitHub says, and written nowhere else', async () => {
  await using folder = await temporaryFolder({ summary: 'before\n' })
  const file = join(folder.path, 'summary')
  await stepSummaryOf({ GITHUB_STEP_SUMMARY: file }).summarise?.([good], ['all'])
  expect(await readFile(file, 'utf8')).toMatch(/^before\n### Proofbook: 1 of 1 cases are not red\n/)
  expect(stepSummaryOf({ GITHUB_STEP_SUMMARY: '' })).toEqual({})
})
