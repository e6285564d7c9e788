import type { Breach, Intent, Operation } from '../types.ts'

/** What a request is sent for, as a file keeps it: of a parameter only its place and name. */
export const purposeOf = (intent: Intent | undefined): unknown => {
  if (intent?.kind !== 'invalid') return intent ?? { kind: 'valid' }
  const { breach } = intent
  if (breach.part !== 'parameter' && breach.part !== 'missing-parameter') return intent
  const { in: place, name } = breach.parameter
  return { ...intent, breach: { part: breach.part, parameter: { in: place, name } } }
}

/** The same in reverse, for an operation as it is now; `undefined` where it lacks that parameter. */
export const intentOf = (purpose: unknown, operation: Operation): Intent | undefined => {
  const kept = purpose as Intent
  if (kept.kind !== 'invalid') return kept
  const { breach } = kept
  if (breach.part !== 'parameter' && breach.part !== 'missing-parameter') return kept
  const { in: place, name } = breach.parameter
  const parameter = operation.parameters.find((one) => one.in === place && one.name === name)
  if (parameter === undefined) return undefined
  const whole: Breach = { part: breach.part, parameter }
  return { ...kept, breach: whole }
}
