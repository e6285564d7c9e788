import { readFile } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'
import type { Proof } from '../attempt.ts'
import type { ValidConfig } from '../config/schema.ts'
import { projectFiles } from '../cross-check/project-files.ts'
import { comparePage, type ComparedPage } from '../guide/check/compare-page.ts'
import type { Commands, StandIn } from '../guide/commands/stand-in.ts'
import { judgeGuide } from '../guide/judge.ts'
import { planGuide } from '../guide/plan.ts'
import { fingerprintOf } from '../guide/proved/proof.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import type { GuideCase } from '../guide/red-cases.ts'
import { replayGuide } from '../guide/replay/replay-guide.ts'
import type { GuideScript } from '../guide/scope.ts'
import type { GuideSeen } from '../guide/seen.ts'
import type { Guide, GuideDetail } from '../guide/types.ts'
import { UserError } from '../model/user-error.ts'
import { exportsOf, type ImportedModule } from './imported-module.ts'
import { problemCase } from './problem.ts'
import { registerCases } from './register.ts'
import { listed } from './roots.ts'
import { currentRun, type Run } from './run.ts'
import { surroundingsOf } from './surroundings-of.ts'

const proofOf = (
  script: GuideScript,
  { integrations }: ValidConfig,
  commands: Commands,
): Proof<GuideDetail, GuideSeen> => ({
  replay: (testCase, world) => {
    const integration = integrations[testCase.integration]
    const surroundings =
      integration === undefined ? undefined : surroundingsOf(integration, commands)
    return replayGuide(testCase, world, script, surroundings)
  },
  judge: judgeGuide,
})

/** The integration whose entry in the config names the page. */
const boundBy = (file: string, { integrations }: ValidConfig): string | undefined =>
  Object.entries(integrations).find(([, { guides }]) =>
    listed(guides).some((glob) => matchesGlob(file, glob)),
  )?.[0]

const standInWords = 'export default ({ arguments, testbed, environment }) => ({ stdout })'

const standInsOf = ({ commands = {} }: ValidConfig, modules: readonly ImportedModule[]): Commands =>
  Object.fromEntries(
    // A page without commands imports none of their modules.
    Object.entries(commands).flatMap(([name, module]): readonly [string, true | StandIn][] => {
      if (module === true) return [[name, true]]
      const imported = modules.find(({ file }) => file === module)
      if (imported === undefined) return []
      const exports = exportsOf(imported, 'a stand-in', `commands['${name}']`, standInWords)
      const standIn: unknown = Reflect.get(Object(exports), 'default')
      if (typeof standIn === 'function') return [[name, standIn as StandIn]]
      throw new UserError({
        problem: `the stand-in for the command "${name}" has no default export that is a function`,
        place: { file: module },
        expected: standInWords,
      })
    }),
  )

/** Cases of a scenario say by which words of it they were planned. */
const withFingerprint = (testCase: GuideCase, text: string): GuideCase => {
  const { scenario, scenarioIndex } = testCase.detail
  return scenarioIndex === -1
    ? testCase
    : { ...testCase, fingerprint: fingerprintOf(text, scenario) }
}

/** What the page says, beside the config, the specs and the files of the project. */
const comparedPage = async (
  { file, integrations }: Guide,
  text: string,
  bound: string | undefined,
  { provided: { root, config } }: Run,
): Promise<ComparedPage> => {
  const { knownFacts } = await import('../cross-check/known-facts.ts')
  const names = integrations.length > 0 ? integrations : [bound ?? '']
  const facts = await knownFacts({ root, config })(names)
  return comparePage(file, text.replace(/^\uFEFF/, ''), facts, projectFiles(root))
}

const registerGuide = async (
  file: string,
  script: GuideScript,
  modules: readonly ImportedModule[],
  run: Run,
): Promise<void> => {
  const { root, config } = run.provided
  const text = await readFile(join(root, file), 'utf8')
  const guide = readGuide(file, text)
  const integration = boundBy(file, config)
  const compared = guide.adopted ? await comparedPage(guide, text, integration, run) : undefined
  const planned = planGuide(guide, {
    integrations: Object.keys(config.integrations),
    commands: Object.keys(config.commands ?? {}),
    ...(integration === undefined ? {} : { integration }),
    ...(compared === undefined ? {} : { compared }),
  })
  const proof = proofOf(script, config, standInsOf(config, modules))
  registerCases(
    file,
    planned.map((testCase) => ({ testCase: withFingerprint(testCase, text), proof })),
    run,
  )
}

/**
 * Registers the steps and drills of a guide as tests. Called by the module that the guide was
 * compiled to, with that module's own scenarios and, where it has commands, the modules that stand in
 * for them.
 */
export const testGuide = async (
  file: string,
  scenarios: GuideScript['scenarios'],
  commands: readonly ImportedModule[] = [],
): Promise<void> => {
  const run = currentRun()
  try {
    await registerGuide(file, { scenarios }, commands, run)
  } catch (error) {
    registerCases(file, [problemCase('guide', file, error)], run)
  }
}
