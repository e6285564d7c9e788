import { describe, expect, test } from 'vitest'
import { expectShown } from '../testing/findings-page.ts'
import { brokenProviders } from './testing/broken-providers.ts'
import { prove } from './testing/fake-world.ts'

const codes = Object.keys(brokenProviders) as (keyof typeof brokenProviders)[]

describe('each code is found by a provider that breaks just that', () => {
  test.concurrent.each(codes)('%s', async (code) => {
    const [text, name, quirk] = brokenProviders[code]
    const { judgement, world } = await prove(text, name, [quirk])
    expect([...new Set(judgement.findings.map((finding) => finding.code))]).toEqual([code])
    expect(judgement.verdict).toBe(
      /not-reproduced|other|canary/.test(code) ? 'not-reproduced' : 'failed',
    )
    expect(world.open()).toBe(0)
    for (const finding of judgement.findings.slice(0, 1)) expectShown(finding)
  })

  test.concurrent.each(codes)('%s: silent on a good one', async (code) => {
    const [text, name] = brokenProviders[code]
    const { judgement, world } = await prove(text, name)
    expect(judgement).toMatchObject({ verdict: 'verified', findings: [] })
    expect(world.open()).toBe(0)
  })
})
