import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { glob } from 'tinyglobby'
import { describe, expect, test } from 'vitest'
import { contractCodes } from './contract/codes.ts'
import { brokenProviders as brokenByContract } from './contract/testing/broken-providers.ts'
import { crossCheckCodes } from './cross-check/codes.ts'
import { brokenStubs } from './cross-check/stubs/testing/broken-stubs.ts'
import { brokenInteractions } from './cross-check/testing/disagreements.ts'
import { guideCodes } from './guide/codes.ts'
import { faultKinds, parseFault } from './guide/faults/kinds.ts'
import { parseSymptoms, symptomKinds } from './guide/symptoms/phrases.ts'
import { brokenPages } from './guide/testing/broken-pages.ts'
import { brokenProviders as brokenByGuide } from './guide/testing/broken-providers.ts'
import { isJudged, isRed, verdicts } from './model/verdict.ts'
import { checks, observationChecks } from './spec/checks/index.ts'
import { inconclusive } from './spec/checks/inconclusive.ts'
import { clauseOf, specCodes } from './spec/codes.ts'
import { brokenProviders as brokenBySpec } from './spec/testing/broken-providers.ts'
import { toxics } from './testbed/link/toxics/index.ts'
import { fencesOf, headingsOf, readPage, sectionOf, type Page } from './testing/pages.ts'

const harness = import.meta.dirname

/** The texts of the files of the harness that match. */
const textsOf = async (...patterns: readonly string[]): Promise<readonly string[]> =>
  Promise.all(
    (await glob([...patterns], { cwd: harness })).map((file) =>
      readFile(join(harness, file), 'utf8'),
    ),
  )

const names = (texts: readonly string[], word: string): boolean =>
  texts.some((text) => text.includes(`'${word}'`))

const sourcesIn = async (folder: string, ...not: readonly string[]): Promise<readonly string[]> =>
  (await glob(['*.ts'], { cwd: join(harness, folder), ignore: ['*.test.ts', ...not] }))
    .map((file) => basename(file, '.ts'))
    .toSorted()

const sectionsNamed = (page: Page): readonly string[] =>
  headingsOf(page).flatMap((heading) => /^`([^`]+)`$/.exec(heading)?.[1] ?? [])

/** A number as the page writes it, in groups of three. */
const grouped = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ')

const dashed = (name: string): string => name.replaceAll('_', '-')

const kinds = [
  ['contract', Object.keys(contractCodes), brokenByContract, 'broken-providers'],
  [
    'cross-check',
    Object.keys(crossCheckCodes),
    { ...brokenInteractions, ...brokenStubs },
    '(?:disagreements|broken-stubs)',
  ],
  ['spec', specCodes.map(({ code }) => code), brokenBySpec, 'broken-providers'],
  ['guide', Object.keys(guideCodes), { ...brokenByGuide, ...brokenPages }, 'broken-providers'],
] as const

describe.each(kinds)('every code of findings about a %s', async (kind, codes, broken, file) => {
  const page = await readPage('docs/findings.md')
  const tests = await textsOf(`${kind}/**/*.test.ts`)
  const running = tests.filter((text) => new RegExp(`/testing/${file}\\.ts'`).test(text))

  test.each(codes)('%s has a section that says what to do, and shows a failure', (code) => {
    const section = sectionOf(page, `\`${code}\``)
    for (const part of ['- **Do**: ', '- **Clause**: ', '```text\n'])
      expect(section).toContain(part)
    expect(section.split('\n').length).toBeLessThan(20)
  })

  test('has a provider that breaks just it, which a test beside it runs', () => {
    expect(new Set(Object.keys(broken))).toEqual(new Set<string>(codes))
    expect(running.join('\n')).toMatch(/(?:each|Object\.\w+)\((?:codes|brokenProviders|table)\)/)
  })
})

describe('the page of findings', async () => {
  const page = await readPage('docs/findings.md')

  test('has no section for a code that does not exist', () => {
    const known: readonly string[] = kinds.flatMap(([, codes]) => codes)
    expect(sectionsNamed(page).toSorted()).toEqual(known.toSorted())
  })

  test.each(specCodes)('names the clause of $code', ({ code }) => {
    expect(sectionOf(page, `\`${code}\``)).toContain(`- **Clause**: ${clauseOf(code)}`)
  })
})

describe('every check of an answer', () => {
  const listed = [...checks, ...observationChecks, inconclusive].map(({ code }) => code)

  test('is a file of its own, and all files are listed', async () => {
    expect(await sourcesIn('spec/checks', 'index.ts', 'check.ts', 'statuses.ts')).toEqual(
      listed.toSorted(),
    )
    expect(listed.toSorted()).toEqual(specCodes.map(({ code }) => code).toSorted())
  })

  test.each(listed)('%s has a test of its own that names it', async (code) => {
    expect(names(await textsOf(`spec/checks/${code}.test.ts`), code)).toBe(true)
  })
})

describe('every toxic', async () => {
  const page = await readPage('docs/links.md')
  const types = toxics.map(({ type }) => type)

  test('is a file of its own, all files are listed, and so are all sections', async () => {
    const files = await sourcesIn('testbed/link/toxics', 'index.ts', 'shape.ts')
    expect(files).toEqual(types.map(dashed).toSorted())
    expect(sectionsNamed(page)).toEqual(types)
  })

  test.each(types)('%s has a test of its own that names it', async (type) => {
    const file = `testbed/link/toxics/${dashed(type)}.integration.test.ts`
    expect(names(await textsOf(file), type)).toBe(true)
  })

  test.each(toxics)('$type has its attributes in the page', ({ type, attributes }) => {
    const rows = [...sectionOf(page, `\`${type}\``).matchAll(/^\| +`(.*)\|$/gm)].map(
      ([, row = '']) => row.split('|').map((cell) => cell.replaceAll('`', '').trim()),
    )
    expect(rows).toEqual(
      Object.entries(attributes).map(([name, { unit, min, max, default: usual }]) => [
        name,
        unit,
        `${min} to ${grouped(max)}`,
        usual === undefined ? 'required' : String(usual),
      ]),
    )
  })

  test.each(types)('%s is written in a Fault as the page shows', (type) => {
    const lines = fencesOf({ ...page, text: sectionOf(page, `\`${type}\``) }, 'text').join('')
    const faults = lines.trim().split('\n').map(parseFault)
    expect(faults.length).toBeGreaterThan(0)
    for (const fault of faults) expect(fault).toMatchObject({ fault: { toxic: { type } } })
  })
})

describe('every kind of fault and of symptom', async () => {
  const page = await readPage('docs/drills.md')
  const exampleOf = (kind: string): string =>
    fencesOf({ ...page, text: sectionOf(page, `\`${kind}\``) }, 'text')
      .join('')
      .trim()

  test('has a section, and no other has', () => {
    const known: readonly string[] = [...faultKinds, ...symptomKinds].map(({ kind }) => kind)
    expect(sectionsNamed(page)).toEqual(known)
  })

  test.each(faultKinds)(
    'fault $kind is written as the page shows, and tested',
    async ({ kind }) => {
      expect(parseFault(exampleOf(kind))).toMatchObject({ fault: { kind } })
      const [text] = await textsOf(`guide/faults/${kind}.test.ts`)
      expect(text).toContain(`[fault-${kind}]`)
    },
  )

  test.each(symptomKinds)(
    'symptom $kind is written as the page shows, and tested',
    async ({ kind }) => {
      const { symptoms, problems } = parseSymptoms(exampleOf(kind), () => ({ file: '', line: 1 }))
      expect({ kinds: symptoms.map((one) => one.kind), problems }).toEqual({
        kinds: [kind],
        problems: [],
      })
      expect(names(await textsOf('guide/symptoms/*.test.ts'), `symptom-${kind}`)).toBe(true)
    },
  )
})

describe('every verdict', async () => {
  const page = await readPage('docs/verdicts.md')

  test('has a section and a row, in their order', () => {
    const rows = [...page.text.matchAll(/^\| `([a-z-]+)` /gm)].map(([, verdict]) => verdict)
    expect(sectionsNamed(page)).toEqual(verdicts)
    expect(rows).toEqual(verdicts)
  })

  test.each(verdicts)('%s is as red as the page says', (verdict) => {
    const row = page.text.split('\n').find((line) => line.startsWith(`| \`${verdict}\` `))
    expect(row).toMatch(isRed(verdict) ? /\| yes *\|$/ : /\| no *\|$/)
  })

  test('that is judged stands in the sentence that says so', () => {
    const [, sentence = ''] = /^Judged means (.*)\./m.exec(page.text) ?? []
    expect([...sentence.matchAll(/`([a-z-]+)`/g)].map(([, verdict]) => verdict)).toEqual(
      verdicts.filter(isJudged),
    )
  })

  test.each(verdicts)('%s is named by a test of what makes it', async (verdict) => {
    const texts = await textsOf(
      '{contract,cross-check,spec,guide,vitest,cli}/**/*.test.ts',
      '*.test.ts',
    )
    expect(names(texts, verdict)).toBe(true)
  })
})
