import { firstBroken, type DrillSeen } from '../seen.ts'
import type { GuideScript } from '../scope.ts'
import type { Drill } from '../types.ts'
import { control } from './control.ts'
import { prevent } from './prevent.ts'
import { held, onOwnTestbed, rehearsalOf } from './rehearsal.ts'
import { rehearse } from './rehearse.ts'
import { replayStep } from './replay-step.ts'
import type { SessionOptions } from './session.ts'

/**
 * Rehearses a drill: the baseline on one testbed; fault, symptom, solution, recovery and clean-up on
 * another and, at the same time, the control without the solution on a third, where the solution is
 * what ends the fault; the prevention on one more. A phase whose forerunner did not hold is not
 * reached.
 */
export const replayDrill = async (
  options: Omit<SessionOptions, 'testbed'>,
  script: GuideScript,
  drill: Drill,
): Promise<DrillSeen> => {
  const rehearsal = rehearsalOf(options, script, drill)
  const { journal } = options.world
  journal.note('baseline')
  const { runs: baseline } = await onOwnTestbed(rehearsal, (session) =>
    replayStep(session, script, rehearsal.step),
  )
  const seen: DrillSeen = { kind: 'drill', baseline }
  if (firstBroken(baseline) !== undefined) return seen
  const controlled =
    rehearsal.endsAfterMilliseconds === undefined
      ? onOwnTestbed(rehearsal, (session) => control(rehearsal, session), 'control')
      : undefined
  const [rehearsed, withoutSolution] = await Promise.allSettled([
    onOwnTestbed(rehearsal, (session) => rehearse(rehearsal, session)),
    controlled,
  ])
  if (rehearsed.status === 'rejected') throw rehearsed.reason
  if (withoutSolution.status === 'rejected') throw withoutSolution.reason
  const { value } = rehearsed
  const withControl = {
    ...seen,
    ...value,
    ...(withoutSolution.value === undefined ? {} : { control: withoutSolution.value }),
  }
  const recovered = value.recovery !== undefined && held(value.recovery.last)
  const { prevention } = drill
  if (!recovered || prevention === undefined) return withControl
  const settings = Object.entries(prevention.environment).map(([name, value]) => `${name}=${value}`)
  journal.note(`prevention: ${settings.join(' ')}`)
  const prevented = await onOwnTestbed(
    rehearsal,
    (session) => prevent(rehearsal, prevention, session),
    'prevention',
    { environment: prevention.environment },
  )
  return { ...withControl, prevention: prevented }
}
