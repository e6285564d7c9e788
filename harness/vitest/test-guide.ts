import { readFile } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'
import type { Proof } from '../attempt.ts'
import type { ValidConfig } from '../config/schema.ts'
import type { Commands, StandIn } from '../guide/commands/stand-in.ts'
import { judgeGuide } from '../guide/judge.ts'
import { planGuide } from '../guide/plan.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import { replayGuide } from '../guide/replay/replay-guide.ts'
import type { GuideScript } from '../guide/scope.ts'
import type { GuideSeen } from '../guide/seen.ts'
import type { GuideDetail } from '../guide/types.ts'
import { UserError } from '../model/user-error.ts'
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

/** A module of the config's `commands`, as the page's own module imports it. */
export interface CommandModule {
  readonly default?: unknown
}

const standInsOf = (
  { commands = {} }: ValidConfig,
  modules: Readonly<Record<string, CommandModule>>,
): Commands =>
  Object.fromEntries(
    Object.entries(commands).map(([name, module]) => {
      if (module === true) return [name, true]
      const standIn = modules[module]?.default
      if (typeof standIn === 'function') return [name, standIn as StandIn]
      throw new UserError({
        problem: `the stand-in for the command "${name}" has no default export that is a function`,
        place: { file: module },
        expected: 'export default ({ arguments, testbed, environment }) => ({ stdout })',
      })
    }),
  )

const registerGuide = async (
  file: string,
  script: GuideScript,
  modules: Readonly<Record<string, CommandModule>>,
  run: Run,
): Promise<void> => {
  const { root, config } = run.provided
  const guide = readGuide(file, await readFile(join(root, file), 'utf8'))
  const integration = boundBy(file, config)
  const planned = planGuide(guide, {
    integrations: Object.keys(config.integrations),
    commands: Object.keys(config.commands ?? {}),
    ...(integration === undefined ? {} : { integration }),
  })
  const proof = proofOf(script, config, standInsOf(config, modules))
  registerCases(
    file,
    planned.map((testCase) => ({ testCase, proof })),
    run,
  )
}

/**
 * Registers the steps and drills of a guide as tests. Called by the module that the guide was
 * compiled to, with that module's own scenarios and, where it has commands, the modules that stand in
 * for them, by their paths in the config.
 */
export const testGuide = async (
  file: string,
  scenarios: GuideScript['scenarios'],
  commands: Readonly<Record<string, CommandModule>> = {},
): Promise<void> => {
  const run = currentRun()
  try {
    await registerGuide(file, { scenarios }, commands, run)
  } catch (error) {
    registerCases(file, [problemCase('guide', file, error)], run)
  }
}
