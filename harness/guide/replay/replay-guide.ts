import { UserError } from '../../model/user-error.ts'
import type { TestCase } from '../../model/test-case.ts'
import type { World } from '../../testbed/world.ts'
import type { GuideScript } from '../scope.ts'
import type { GuideSeen } from '../seen.ts'
import { plainSurroundings, type Surroundings } from '../surroundings.ts'
import type { GuideDetail } from '../types.ts'
import { askEndpoints } from './ask-endpoints.ts'
import { pollingExpect } from './polling-expect.ts'
import { replayDrill } from './replay-drill.ts'
import { replayStep } from './replay-step.ts'

const answerMilliseconds = 10_000
/** An answer that comes too late is told apart from none at all up to this much later. */
const graceMilliseconds = 5000

/** The longest time in which the page itself promises an answer. */
const promisedMilliseconds = ({ target }: GuideDetail): number => {
  if (target.kind !== 'drill') return 0
  const { symptoms = [], prevention } = target.drill
  const times = [...symptoms, ...(prevention?.symptoms ?? [])].map((symptom) =>
    symptom.kind === 'within' ? symptom.milliseconds : 0,
  )
  return Math.max(0, ...times)
}

/**
 * Replays a planned case of a guide on fresh testbeds and says what was seen. `script` is the module
 * that the page was compiled to, `surroundings` what the config says.
 *
 * Throws `Blocked` where a testbed or the page's module is missing, and `UserError` for what the page
 * or the config got wrong.
 *
 * @example
 * const seen = await replayGuide(testCase, world, { scenarios })
 */
export const replayGuide = async (
  { detail, place }: TestCase<GuideDetail>,
  world: World,
  script: GuideScript,
  surroundings: Surroundings = plainSurroundings,
): Promise<GuideSeen> => {
  const { target } = detail
  if (target.kind === 'facts')
    return { kind: 'facts', comparisons: await askEndpoints(target.comparisons, world) }
  const { expect } = await import('vitest')
  const options = {
    world,
    detail,
    expect: pollingExpect(expect),
    surroundings,
    answerMilliseconds: Math.max(
      answerMilliseconds,
      promisedMilliseconds(detail) + graceMilliseconds,
    ),
  }
  if (target.kind === 'drill') return replayDrill(options, script, target.drill)
  if (target.kind === 'problem')
    throw new UserError({
      problem: 'this case stands for a problem of its page and cannot be replayed',
      place,
    })
  await using testbed = await world.lease()
  return await replayStep({ ...options, testbed }, script, target.step)
}
