import { basename } from 'node:path/posix'
import { toString } from 'mdast-util-to-string'
import type { FrontMatter, Guide, Scenario, TsFence } from '../types.ts'
import type { Block } from './blocks.ts'
import { readFrontMatter } from './front-matter.ts'
import { labelsOf } from './labels.ts'
import { nearestLabel } from './meanings.ts'
import { parsePage, sizeMax, tooDeep, tooLong } from './parse-page.ts'
import { isPlaceholder } from './part.ts'
import { makeProblems, type Problems } from './problems.ts'
import { readClaims } from './read-claims.ts'
import { readFence } from './read-fence.ts'
import { readScenario, type ScenarioBlocks } from './read-scenario.ts'
import { withoutProved } from './proved-blocks.ts'
import { makeSource, onOneLine, type Source } from './source.ts'

const nesting = ['this page is nested too deeply', 'lists and quotes a few levels deep'] as const
const scenarioHeading = /^Scenario\b\s*(?:\d+\s*)?[:.–—-]?\s*(.*)$/i

interface Start {
  readonly index: number
  readonly heading: string
  readonly depth: number
}

const headingDepth = (block: Block | undefined): number =>
  block?.type === 'heading' ? block.depth : 0

/** The heading that a block gives a scenario, if it begins one. */
const headingOf = (source: Source, block: Block): string | undefined => {
  if (block.type === 'heading') {
    const text = onOneLine(toString(block))
    return scenarioHeading.test(text) ? text : undefined
  }
  if (block.type !== 'paragraph') return undefined
  const [first] = labelsOf(source, block)
  if (first === undefined || !scenarioHeading.test(first.label)) return undefined
  return first.words.text === '' ? first.label : `${first.label}: ${onOneLine(first.words.text)}`
}

const scenarioStarts = (source: Source, blocks: readonly Block[]): readonly Start[] => {
  let depth = 0
  return blocks.flatMap((block, index): readonly Start[] => {
    const heading = headingOf(source, block)
    if (heading !== undefined && block.type !== 'heading') return [{ index, heading, depth }]
    if (block.type === 'heading') depth = heading === undefined ? block.depth : block.depth - 1
    return heading === undefined ? [] : [{ index, heading, depth: headingDepth(block) }]
  })
}

const endOf = (blocks: readonly Block[], { index, depth }: Start, next: number): number => {
  const end = blocks.findIndex(
    (block, at) => at > index && block.type === 'heading' && block.depth <= depth,
  )
  return Math.min(end === -1 ? blocks.length : end, next)
}

const scenariosOf = (source: Source, blocks: readonly Block[]): readonly ScenarioBlocks[] => {
  const starts = scenarioStarts(source, blocks)
  return starts.map((start, position) => {
    const { index, heading, depth } = start
    const end = endOf(blocks, start, starts[position + 1]?.index ?? blocks.length)
    const next = blocks[end]?.position?.start.line
    return {
      heading,
      name: scenarioHeading.exec(heading)?.[1] ?? heading,
      place: source.placeAt(blocks[index]?.position?.start.offset ?? 0),
      lastLine: next === undefined ? source.lines.length : next - 1,
      depth,
      blocks: blocks.slice(index + 1, end),
    }
  })
}

const onlyImports = /^(?:\s*import\s[^'";]*['"][^'"]+['"]\s*;?)+\s*$/
const comments = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm

/** `ts` fences above the first scenario that hold imports and nothing else. */
const importsOf = (source: Source, blocks: readonly Block[]): readonly TsFence[] =>
  blocks.flatMap((block) => {
    if (block.type !== 'code' || !onlyImports.test(block.value.replaceAll(comments, ''))) return []
    const { fence } = readFence(source, block)
    return fence.language === 'ts' ? [fence] : []
  })

const checkHeadings = (source: Source, blocks: readonly Block[], problems: Problems): void => {
  for (const block of blocks) {
    if (block.type !== 'heading') continue
    const [word = ''] = toString(block).trim().split(/[\s:]/)
    if (/^scenarios?$/i.test(word) || nearestLabel(word, ['Scenario']) === undefined) continue
    problems.add({
      problem: `"${word}" is no label`,
      place: source.placeAt(block.position?.start.offset ?? 0),
      expected: 'a heading such as "Scenario 1: An order is paid"',
      fix: 'write "Scenario"',
    })
  }
}

const checkNames = (scenarios: readonly Scenario[], problems: Problems): void => {
  const seen = new Map<string, Scenario>()
  for (const scenario of scenarios) {
    const before = seen.get(scenario.name)
    if (before !== undefined && !isPlaceholder(scenario.name))
      problems.add(
        {
          problem: `two scenarios have one name: "${scenario.name}" stands at line ${before.place.line} too`,
          place: scenario.place,
          expected: 'a name of its own for each scenario of a page',
          fix: 'say what this one is about that the other is not',
        },
        scenario.heading,
      )
    seen.set(scenario.name, scenario)
  }
}

const titleOf = (file: string, blocks: readonly Block[]): string => {
  const headings = blocks.filter((block) => block.type === 'heading')
  const top = Math.min(...headings.map(({ depth }) => depth))
  const first = headings.find(({ depth }) => depth === top)
  return first === undefined ? basename(file) : onOneLine(toString(first))
}

const readPage = (
  source: Source,
  blocks: readonly Block[],
  problems: Problems,
  front: FrontMatter,
): Guide => {
  const parts = scenariosOf(source, blocks)
  const firstLine = parts[0]?.place.line ?? Infinity
  const above = blocks.filter((block) => (block.position?.start.line ?? 0) < firstLine)
  checkHeadings(source, blocks, problems)
  const scenarios = parts.map((part) =>
    readScenario(source, part, (problem) => problems.add(problem, part.heading)),
  )
  checkNames(scenarios, problems)
  const outside = blocks.filter(({ position }) => {
    const line = position?.start.line ?? 0
    return !parts.some(({ place, lastLine }) => line >= place.line && line <= lastLine)
  })
  const claims = readClaims(source, outside, (problem) => problems.add(problem))
  if (front.adopted && scenarios.length === 0)
    problems.add({
      problem: 'this page is adopted and has no scenario, so it proves nothing',
      place: { file: source.file, line: 1 },
      expected: 'a heading such as "Scenario 1: An order is paid"',
      fix: 'add a scenario, or take "adopted: true" away',
    })
  return {
    ...front,
    file: source.file,
    title: titleOf(source.file, blocks),
    lineCount: source.lines.length,
    imports: importsOf(source, above),
    scenarios,
    claims,
    problems: problems.all(front.adopted ? 'error' : 'warning'),
  }
}

/**
 * Reads a page. Never throws: what is wrong with it is in `problems`, as errors where the page is
 * adopted and as warnings elsewhere. `file` is relative to the project's root.
 *
 * @example
 * readGuide('guides/orders.md', text).scenarios[0]?.steps[0]?.text // 'The order becomes paid'
 */
export const readGuide = (file: string, text: string): Guide => {
  const whole = text.replace(/^\uFEFF/, '')
  const page = withoutProved(whole).replace(tooLong, (line) => ' '.repeat(line.length))
  const source = makeSource(file, page)
  const problems = makeProblems()
  for (const { index } of whole.matchAll(tooLong))
    problems.add({
      problem: 'this line is too long and is not read',
      place: source.placeAt(index),
      expected: 'at most 10000 characters',
    })
  const nothing: FrontMatter = { integrations: [], adopted: false }
  const unreadable = (problem: string, expected: string): Guide => {
    problems.add({ problem, expected, place: { file, line: 1 } })
    return {
      ...nothing,
      file,
      title: basename(file),
      lineCount: source.lines.length,
      imports: [],
      scenarios: [],
      claims: [],
      problems: problems.all('error'),
    }
  }
  if (tooDeep.test(page)) return unreadable(...nesting)
  if (page.length > sizeMax) return unreadable('this page is too long', 'at most 512 KiB')
  try {
    const blocks = parsePage(page).children
    const [first] = blocks
    const matter = first?.type === 'yaml' ? readFrontMatter(file, first.value, 2) : undefined
    for (const problem of matter?.problems ?? []) problems.add(problem)
    return readPage(source, blocks, problems, matter?.front ?? nothing)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return unreadable(...nesting)
  }
}
