import { isLive, partsOf } from './drill-parts.ts'
import type { Fence, Guide, Scenario, TsFence } from './types.ts'

/** From where a compiled page takes its types; nothing of it is left when types are stripped. */
export interface CompileOptions {
  /** Module that exports `GuideScope`. Default: `proofbook`. */
  readonly scopeModule?: string
  /** Module with the types that openapi-typescript made of the spec: `paths` types `api`. */
  readonly specTypes?: string
}

const names = ['api', 'answer', 'database', 'stubs', 'links', 'logs', 'metrics', 'expect', 'kept']

interface Sheet {
  /** Adds to a line of the page; lines count from 1. */
  add(line: number, code: string): void
  readonly text: () => string
}

const makeSheet = (lineCount: number): Sheet => {
  const lines = Array.from({ length: lineCount }, () => '')
  return {
    add: (line, code) => {
      const before = lines[line - 1] ?? ''
      lines[line - 1] = before === '' ? code : `${before} ${code}`
    },
    text: () => lines.join('\n'),
  }
}

const addLines = (sheet: Sheet, fence: TsFence): void => {
  for (const [index, line] of fence.lines.entries())
    if (line !== '') sheet.add(fence.place.line + 1 + index, line)
}

const addFence = (sheet: Sheet, fence: Fence): void => {
  const { line } = fence.place
  if (fence.language === 'http') sheet.add(line, `await $.http(${line});`)
  if (fence.language === 'sql') sheet.add(line, `await $.sql(${line});`)
  if (fence.language === 'sh') sheet.add(line, `await $.sh(${line});`)
  if (fence.language !== 'ts') return
  sheet.add(line, `$.enter(${line});`)
  addLines(sheet, fence)
}

const addStep = (sheet: Sheet, number: number, fences: readonly Fence[]): void => {
  const live = fences.filter(isLive)
  const [first, last] = [live[0], live.at(-1)]
  if (first === undefined || last === undefined) return
  sheet.add(first.place.line, `if (steps.has(${number})) { await $.step(${number}, async () => {`)
  for (const fence of live) addFence(sheet, fence)
  sheet.add(last.lastLine, '}) }')
}

/** Declared, so that they can be called above the line on which they stand. */
const addParts = (sheet: Sheet, scenario: Scenario): void => {
  for (const { line, fences } of partsOf(scenario)) {
    sheet.add(line, `async function part${line}(): Promise<void> {`)
    for (const fence of fences) addFence(sheet, fence)
    sheet.add(fences.at(-1)?.lastLine ?? line, '}')
  }
}

const addScenario = (sheet: Sheet, scenario: Scenario, index: number, scope: string): void => {
  const name = `scenario${index + 1}`
  sheet.add(
    scenario.place.line,
    `async function ${name}($: ${scope}, steps: ReadonlySet<number>): Promise<void> { const { ${names.join(', ')} } = $;`,
  )
  const parts = partsOf(scenario).map(({ line }) => `${line}: part${line}`)
  if (parts.length > 0) sheet.add(scenario.place.line, `$.parts({ ${parts.join(', ')} });`)
  for (const fence of scenario.given?.fences ?? []) addFence(sheet, fence)
  for (const { number, fences } of scenario.steps) addStep(sheet, number, fences)
  if (scenario.rollback !== undefined)
    addStep(sheet, scenario.rollback.number, scenario.rollback.fences)
  addParts(sheet, scenario)
  sheet.add(scenario.lastLine, '}')
}

/**
 * Makes a TypeScript module of a page, line for line: each statement of a `ts` fence stands on its
 * own line of the Markdown. Imports come first; each scenario becomes an async function with Given at
 * its top, one block a step and one function for the fences under each label of a drill; `http`,
 * `sql` and `sh` fences become calls that name their line. Nothing of a page that is not adopted is
 * in it.
 *
 * The module exports `scenarios`, in the order of the page. The same text can be given to `tsc`: its
 * errors stand at the page's own lines and columns.
 *
 * @example
 * compileGuide(readGuide('guides/orders.md', text)).code.split('\n').length // as many as the page has lines
 */
export const compileGuide = (
  guide: Guide,
  options: CompileOptions = {},
): { readonly code: string } => {
  const sheet = makeSheet(guide.lineCount)
  const scenarios = guide.adopted ? guide.scenarios : []
  if (scenarios.length > 0) {
    const from = JSON.stringify(options.scopeModule ?? 'proofbook')
    sheet.add(1, `import type { GuideScope } from ${from};`)
    if (options.specTypes !== undefined)
      sheet.add(1, `import type { paths } from ${JSON.stringify(options.specTypes)};`)
    for (const fence of guide.imports) addLines(sheet, fence)
  }
  const scope = options.specTypes === undefined ? 'GuideScope' : 'GuideScope<paths>'
  for (const [index, scenario] of scenarios.entries()) addScenario(sheet, scenario, index, scope)
  const list = scenarios.map((_, index) => `scenario${index + 1}`).join(', ')
  sheet.add(guide.lineCount, `export const scenarios = [${list}];`)
  return { code: sheet.text() }
}
