import { readFile } from 'node:fs/promises'
import { glob } from 'tinyglobby'
import { describe, expect, test } from 'vitest'
import { formatPlace } from '../model/place.ts'
import { guideCodes } from './codes.ts'
import { planGuide } from './plan.ts'
import { readGuide } from './read/read-guide.ts'
import { faultKinds } from './faults/kinds.ts'
import { symptomKinds } from './symptoms/phrases.ts'
import { adopted } from './testing/pages.ts'

const page = await readFile(new URL('../../docs/guide-format.md', import.meta.url), 'utf8')
const snippets = [...page.matchAll(/^````md( wrong)?\n([\s\S]*?)^````$/gm)].map((match) => ({
  wrong: match[1] !== undefined,
  text: match[2]?.startsWith('---') === true ? match[2] : adopted(match[2] ?? ''),
}))
const rules = [...page.matchAll(/^- `([a-z-]+)`: /gm)].map((match) => match[1] ?? '')

describe('docs/guide-format.md', () => {
  test('has snippets, rules and both kinds of pages', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(5)
    expect(rules.length).toBeGreaterThan(30)
    expect(new Set(rules).size).toBe(rules.length)
    expect(snippets.some(({ wrong }) => wrong)).toBe(true)
  })

  test.each(snippets.filter(({ wrong }) => !wrong))(
    'a snippet that is right: $text',
    ({ text }) => {
      const guide = readGuide('guides/orders.md', text)
      expect(guide.problems).toEqual([])
      const commands = ['orders count', 'kubectl set env']
      const cases = planGuide(guide, { integrations: ['orders'], commands })
      expect(cases.length).toBeGreaterThan(0)
      expect(cases.filter(({ ruling }) => ruling !== undefined)).toEqual([])
    },
  )

  test('a snippet that is wrong, and what is said of it', () => {
    const wrong = snippets.find((snippet) => snippet.wrong)
    const [problem] = readGuide('guides/orders.md', wrong?.text ?? '').problems
    const {
      place,
      problem: sentence,
      expected,
      fix,
    } = problem?.parts ?? { place: { file: '', line: 0 }, problem: '' }
    expect(page).toContain(
      `    ${formatPlace(place)}: ${sentence}\n      expected: ${expected}\n      fix: ${fix}\n`,
    )
  })

  test('each rule has a test that bears its name', async () => {
    const files = await glob(['**/*.test.ts'], { cwd: import.meta.dirname, absolute: true })
    const tests = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
    expect(
      rules.filter((rule) => !tests.includes(`[${rule}]`) && !tests.includes(`'${rule}'`)),
    ).toEqual([])
  })

  test('lists every code, symptom and fault', () => {
    for (const [code, meaning] of Object.entries(guideCodes))
      expect(page.replaceAll(/ +/g, ' ')).toContain(`| \`${code}\` | ${meaning} |`)
    for (const { kind } of symptomKinds) expect(page).toContain(`- \`symptom-${kind}\`: `)
    for (const { kind } of faultKinds) expect(page).toContain(`- \`fault-${kind}\`: `)
  })
})
