import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node'
import { evidenceFolder } from '../record/store.ts'
import { causeLines } from './cause-lines.ts'
import type { SpecCoverage } from '../spec/coverage/report.ts'
import { coverageLine } from './claim-coverage.ts'
import { knownLines } from './known-lines.ts'
import { drillTable } from './drill-table.ts'
import type { CaseMeta } from './meta.ts'
import { isRed as isRedVerdict, type Verdict } from '../model/verdict.ts'
import { budgetLine, specCoverageLines } from './spec-coverage.ts'
import { visitLines, type VisitEnd } from './visiting.ts'
import { exitStatus, summaryLines, uncheckedLines } from './summary.ts'

/** What a run came to. */
export interface RunEnd {
  readonly cases: readonly CaseMeta[]
  readonly status: number
  readonly coverage: readonly SpecCoverage[]
  /** Of a system that is not ours. */
  readonly visit?: VisitEnd
}

/** What the reporter knows of a run before it starts. */
export interface ReporterContext {
  /** Absolute paths of the files that are tests of ours: other modules of the run are not judged here. */
  readonly isOurs: (path: string) => boolean
  readonly seed: number
  /** Sentences that the user should read whatever happens, given the files that ran: what stood in, what was cleaned up. */
  readonly notices: (files: ReadonlySet<string>) => Promise<readonly string[]>
  /** Faults of the set-up that belong to no file: an integration whose contracts glob names nothing. */
  readonly problems: readonly string[]
  /** `3/4`, where the run is one of several shards: whether it holds anything is judged when they are merged. */
  readonly shard: string | undefined
  /** Where a run that merges others is given cases that cannot be looked at: what it lacks, in words. */
  readonly problemsOfMerge?: (cases: readonly CaseMeta[]) => Promise<readonly string[]>
  /** What is wrong where none of our files was taken up although nobody chose others. */
  readonly problemOfAbsence: () => string | undefined
  /** Whether a signal ended the run. */
  readonly interrupted: () => boolean
  /** What the user chose cases by, for the message when it chose none. */
  readonly selection: () => string | undefined
  readonly write: (text: string) => void
  /** Keeps what contracts came to, for what is published later. */
  readonly keepResults?: (cases: readonly CaseMeta[]) => Promise<void>
  /** Leaves a system that is not ours: takes away what was made there. */
  readonly leaveVisit?: () => Promise<VisitEnd>
  /** Keeps what was found about operations, for `proofbook accept`. */
  readonly keepFindings?: (cases: readonly CaseMeta[]) => Promise<void>
  /** What cases of specs reached. */
  readonly specCoverages?: (cases: readonly CaseMeta[]) => Promise<readonly SpecCoverage[]>
  /** Keeps that, for `proofbook coverage`. */
  readonly keepCoverage?: (
    cases: readonly CaseMeta[],
    specs: readonly SpecCoverage[],
  ) => Promise<void>
  /** Where a continuous integration shows what a run came to: given the cases and the closing lines. */
  readonly summarise?: (cases: readonly CaseMeta[], lines: readonly string[]) => Promise<void>
  /** Called once with what the run came to. */
  readonly onEnd?: (end: RunEnd) => void
}

const isRed = (verdict: Verdict | undefined): boolean =>
  verdict !== undefined && isRedVerdict(verdict)

const casesOf = (module: TestModule): readonly TestCase[] => [...module.children.allTests()]

/**
 * What a test says of its case. Until a case is proved it says `aborted`: true where the run was
 * interrupted, else it was left out by `-t`, `--shard` or the like and is not of this run.
 */
const metaOf = (testCase: TestCase, interrupted: boolean): readonly CaseMeta[] => {
  const meta = testCase.meta().proofbook
  if (meta === undefined) return []
  const leftOut = meta.verdict === 'aborted' && !interrupted && testCase.result().state !== 'failed'
  return leftOut ? [] : [meta]
}

const drillLines = (cases: readonly CaseMeta[]): readonly string[] => {
  const table = drillTable(cases)
  return table.length === 0 ? [] : ['', ...table, '']
}

const madeOfLine = (cases: readonly CaseMeta[]): readonly string[] => {
  const parts = [...new Set(cases.flatMap(({ madeOf }) => madeOf))]
  return parts.length === 0 ? [] : [`made of   ${parts.join('; ')}`]
}

const nothingJudged = (selection: string | undefined): string =>
  selection === undefined
    ? 'No case was judged: what was selected has nothing that could be asked. Exit status 2.'
    : `No case was judged: ${selection} selected nothing that could be asked. See the names with "npx vitest list --no-static-parse". Exit status 2.`

/**
 * Prints what was proved, by integration, and sets the exit status: Vitest alone passes a run in
 * which nothing was checked.
 */
export const proofbookReporter = (context: ReporterContext): Reporter => ({
  onTestRunEnd: async (modules, unhandledErrors, reason: TestRunEndReason) => {
    const ours = modules.filter(({ moduleId }) => context.isOurs(moduleId))
    const foreign = modules.filter(({ moduleId }) => !context.isOurs(moduleId))
    const cut = reason === 'interrupted'
    const cases = ours.flatMap(casesOf).flatMap((testCase) => metaOf(testCase, cut))
    const withoutVerdict = ours
      .flatMap(casesOf)
      .filter((one) => one.result().state === 'failed' && !isRed(one.meta().proofbook?.verdict))
    const absent = ours.length === 0 ? context.problemOfAbsence() : undefined
    const problems = [
      ...(absent === undefined ? [] : [absent]),
      ...context.problems,
      ...((await context.problemsOfMerge?.(cases)) ?? []),
    ]
    const broken =
      problems.length > 0 ||
      unhandledErrors.length > 0 ||
      withoutVerdict.length > 0 ||
      ours.some((module) => module.errors().length > 0) ||
      foreign.some((module) => !module.ok())
    const status = exitStatus({ interrupted: context.interrupted(), broken, cases })
    const emptyShard = status === 2 && context.shard !== undefined
    const settled = status === 2 && (foreign.length > 0 || emptyShard) ? 0 : status

    const visit = await context.leaveVisit?.()
    const coverage = (await context.specCoverages?.(cases)) ?? []
    const lines = [
      ...summaryLines(cases),
      ...drillLines(cases),
      ...coverageLine(cases),
      ...specCoverageLines(coverage),
      ...budgetLine(cases),
      ...uncheckedLines(cases),
      ...causeLines(cases),
      ...knownLines(cases),
      ...madeOfLine(cases),
      ...cases.flatMap(({ leftOpen }) => leftOpen ?? []),
      ...(visit === undefined ? [] : visitLines(visit)),
      ...problems.map((problem) => `\n${problem}`),
      ...(await context.notices(new Set(ours.map(({ moduleId }) => moduleId)))),
      ...(emptyShard ? [`No case of shard ${context.shard} was judged: the merge says more.`] : []),
      ...(settled === 2 ? [nothingJudged(context.selection())] : []),
      ...(cases.length > 0 ? [`evidence  ${evidenceFolder}/`, `seed      ${context.seed}`] : []),
    ]
    await context.keepResults?.(cases)
    await context.keepFindings?.(cases)
    await context.keepCoverage?.(cases, coverage)
    context.write(`\n${lines.map((line) => (line === '' ? '' : ` ${line}`)).join('\n')}\n\n`)
    await context.summarise?.(cases, lines)
    process.exitCode = settled
    context.onEnd?.({
      cases,
      status: settled,
      coverage,
      ...(visit === undefined ? {} : { visit }),
    })
  },
})
