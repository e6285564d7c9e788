import { readFile } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'
import type { Proof } from '../attempt.ts'
import type { ValidConfig } from '../config/schema.ts'
import { judgeGuide } from '../guide/judge.ts'
import { planGuide } from '../guide/plan.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import { replayGuide } from '../guide/replay/replay-guide.ts'
import type { GuideScript } from '../guide/scope.ts'
import type { GuideSeen } from '../guide/seen.ts'
import type { GuideDetail } from '../guide/types.ts'
import { problemCase } from './problem.ts'
import { registerCases } from './register.ts'
import { listed } from './roots.ts'
import { currentRun, type Run } from './run.ts'

const proofOf = (script: GuideScript): Proof<GuideDetail, GuideSeen> => ({
  replay: (testCase, world) => replayGuide(testCase, world, script),
  judge: judgeGuide,
})

/** The integration whose entry in the config names the page. */
const boundBy = (file: string, { integrations }: ValidConfig): string | undefined =>
  Object.entries(integrations).find(([, { guides }]) =>
    listed(guides).some((glob) => matchesGlob(file, glob)),
  )?.[0]

const registerGuide = async (file: string, script: GuideScript, run: Run): Promise<void> => {
  const { root, config } = run.provided
  const guide = readGuide(file, await readFile(join(root, file), 'utf8'))
  const integration = boundBy(file, config)
  const planned = planGuide(guide, {
    integrations: Object.keys(config.integrations),
    ...(integration === undefined ? {} : { integration }),
  })
  const proof = proofOf(script)
  registerCases(
    file,
    planned.map((testCase) => ({ testCase, proof })),
    run,
  )
}

/**
 * Registers the steps and drills of a guide as tests. Called by the module that the guide was
 * compiled to, with that module's own scenarios.
 */
export const testGuide = async (
  file: string,
  scenarios: GuideScript['scenarios'],
): Promise<void> => {
  const run = currentRun()
  try {
    await registerGuide(file, { scenarios }, run)
  } catch (error) {
    registerCases(file, [problemCase('guide', file, error)], run)
  }
}
