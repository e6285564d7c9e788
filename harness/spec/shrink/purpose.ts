import type { Intent } from '../types.ts'

/** What a request is sent for, as a file keeps it: of a parameter only its place and name. */
export const purposeOf = (intent: Intent | undefined): unknown => {
  if (intent?.kind !== 'invalid') return intent ?? { kind: 'valid' }
  const { breach } = intent
  if (breach.part !== 'parameter' && breach.part !== 'missing-parameter') return intent
  const { in: place, name } = breach.parameter
  return { ...intent, breach: { part: breach.part, parameter: { in: place, name } } }
}
