import { describe, expect, test } from 'vitest'
import { comparePage } from '../check/compare-page.ts'
import { planGuide } from '../plan.ts'
import { readGuide } from '../read/read-guide.ts'
import { adopted, fenced } from '../testing/pages.ts'
import { fingerprintOf, type ScenarioProof } from './proof.ts'
import { withProved } from './write-proved.ts'

const step = `**Verification**\n\n1. It is there\n\n${fenced('http', 'GET /orders', '', 'HTTP 200')}\n`
const page = adopted(
  `\n## Scenario 1: A\n\n${step}\n## Scenario 2: B\n\n${step}\n## More\n\nWords.\n`,
)
const proof = (symptom: number, recovery = 900): ScenarioProof => ({
  steps: { proved: 1, all: 1 },
  drills: { proved: 1, all: 2 },
  times: [{ name: 'It | breaks', symptomMilliseconds: symptom, recoveryMilliseconds: recovery }],
})
const steps: ScenarioProof = {
  steps: { proved: 1, all: 1 },
  drills: { proved: 0, all: 0 },
  times: [],
}
const write = (text: string, proofs: readonly (ScenarioProof | undefined)[], date?: string) =>
  withProved(text, readGuide('guides/a.md', text), proofs, date)

const block = `<!-- proved: written by \`proofbook guide write\` -->

**Proved**: 1 of 1 step and 1 of 2 drills.

| Drill        | Breaks        | Holds again |
| ------------ | ------------- | ----------- |
| It \\| breaks | within 250 ms | within 1 s  |

<!-- /proved -->`

describe('[proved] what was proved is written under a scenario', () => {
  test('and nowhere else', () => {
    const written = write(page, [proof(120), steps])
    expect(written).toContain(`HTTP 200\n\`\`\`\n\n${block}\n\n## Scenario 2: B\n`)
    expect(written).toContain('**Proved**: 1 of 1 step.\n\n<!-- /proved -->\n\n## More\n')
    expect(write(written, [undefined, undefined])).toBe(page)
  })

  test('once, however often', () => {
    const written = write(page, [proof(120), steps])
    expect(write(written, [proof(120), steps])).toBe(written)
    expect(write(page.trimEnd(), [proof(120), undefined]).endsWith('Words.')).toBe(true)
  })

  test('with line ends as they were', () => {
    const windows = page.replaceAll('\n', '\r\n')
    const written = write(windows, [proof(120), steps])
    expect(written.replaceAll('\r\n', '')).not.toContain('\n')
    expect(write(written, [undefined, undefined])).toBe(windows)
  })

  test('and times stay as long as they are true, and not far too long', () => {
    const written = write(page, [proof(120), steps])
    expect(write(written, [proof(30, 250), steps])).toBe(written)
    expect(write(written, [proof(251), steps])).toContain('within 500 ms')
    expect(write(written, [proof(20), steps])).toContain('within 50 ms')
    expect(write(page, [proof(400_000), steps])).toContain('over 5 min')
  })

  test('with a date where it is asked for', () => {
    expect(write(page, [steps], '2026-11-03')).toContain('1 of 1 step, on 2026-11-03.')
  })

  test('unless nothing was', () => {
    const nothing = { ...steps, steps: { proved: 0, all: 1 } }
    expect(write(page, [nothing, undefined])).toBe(page)
  })
})

describe('[proved] what was written is no part of the page', () => {
  const written = write(page, [proof(120), steps])

  test('nothing of it is planned or compared', async () => {
    const cases = (text: string) =>
      planGuide(readGuide('guides/a.md', text), { integrations: ['orders'] }).map(({ id }) => id)
    expect(cases(written)).toEqual(cases(page))
    const target = { exists: async () => true, read: async () => '' }
    const claims = async (text: string) =>
      (await comparePage('guides/a.md', text, [], target)).claims.length
    expect(await claims(written)).toBe(await claims(page))
  })

  test('a scenario keeps its fingerprint, until it says something else', () => {
    const prints = (text: string) =>
      readGuide('guides/a.md', text).scenarios.map((one) => fingerprintOf(text, one))
    expect(prints(written)).toEqual(prints(page))
    const [first, second] = prints(page)
    const [changed, same] = prints(page.replace('HTTP 200', 'HTTP 404'))
    expect([changed === first, same === second]).toEqual([false, true])
  })
})
