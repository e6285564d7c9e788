import { describe, expect, test } from 'vitest'
import { expectShown } from '../testing/findings-page.ts'
import type { PageCode } from './facts/comparison.ts'
import { judgeGuide } from './judge.ts'
import { replayGuide } from './replay/replay-guide.ts'
import { brokenPages, factCases, saying } from './testing/broken-pages.ts'
import { makeFakeWorld } from './testing/fake-world.ts'

const codes = Object.keys(brokenPages) as PageCode[]

const judged = async (text: string) => {
  const world = makeFakeWorld()
  const cases = await factCases(saying(text))
  return Promise.all(
    cases.map(async (one) => judgeGuide(one, await replayGuide(one, world, { scenarios: [] }))),
  )
}

describe('each code is found in a page that says just that wrongly', () => {
  test.each(codes)('%s', async (code) => {
    const [judgement, ...others] = await judged(brokenPages[code][1])
    expect(others).toEqual([])
    expect(judgement?.verdict).toBe('failed')
    expect(judgement?.findings.map((finding) => finding.code)).toEqual([code])
    for (const finding of judgement?.findings ?? []) expectShown(finding)
  })

  test.each(codes)('%s: silent on a true one', async (code) => {
    for (const { findings } of await judged(brokenPages[code][0])) expect(findings).toEqual([])
  })
})

describe('who is wrong about an endpoint that the spec lacks, the provider says', () => {
  test.each([
    [
      'that it does not serve',
      '`PUT /orders` replaces',
      /the provider answers 405$/,
      'the page is wrong',
    ],
    [
      'that it serves',
      '`POST /orders/{id}/payments` pays',
      /the provider answers 201$/,
      'the system is wrong',
    ],
    [
      'that nobody can tell',
      '`GET /orders/{id}/items` lists',
      /the provider answers 404$/,
      'one of the two is wrong',
    ],
  ])('%s', async (_, text, others, words) => {
    const [judgement] = await judged(text)
    expect(judgement?.findings[0]?.summary).toContain(words)
    expect(judgement?.findings[0]?.actual).toMatch(others)
  })
})
