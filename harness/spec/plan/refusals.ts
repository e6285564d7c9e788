import type { Exchange } from '../../model/http.ts'
import { segmentsOf } from '../pointer.ts'
import { enumBroken, requiredBroken, typesBroken } from '../schema/vary/broken.ts'
import { listsOutside } from '../schema/vary/lists.ts'
import { numbersOutside } from '../schema/vary/numbers.ts'
import { textsOutside } from '../schema/vary/texts.ts'
import type { Asking, Observation, Operation } from '../types.ts'
import { readyDraft } from './bases.ts'
import { written, type Draft, type DraftBody } from './draft.ts'
import { isValid, withoutOptional } from './pairs/factors.ts'
import { ask, isTaken } from './state/observe.ts'
import type { Session } from './state/session.ts'
import { bodyVariants, parameterVariants, type Variant } from './variants.ts'

/** A valid request that was refused, and what is known of its like. */
export interface Refused {
  readonly variant: Variant
  readonly body: DraftBody | undefined
  readonly exchange: Exchange
  /** Whether the value next to it was taken. */
  readonly isNeighbourTaken: boolean
}

const rules = [numbersOutside, textsOutside, listsOutside, enumBroken, typesBroken, requiredBroken]

const brokenOf = (session: Session, draft: Draft): readonly Variant[] => {
  const { spec, seed } = session
  const context = { document: spec.document, seed }
  return [
    ...bodyVariants(spec, draft, rules, context, false),
    ...parameterVariants(spec, draft, rules, context, false),
  ]
}

/** Which forbidden value is most like an allowed one. */
const twinOf = ({ rule, part }: Variant, broken: readonly Variant[]): Variant | undefined => {
  const here = broken.filter((one) => one.part === part)
  const wanted: Readonly<Record<string, readonly string[]>> = {
    optional: ['required'],
    enum: ['enum', 'type'],
    null: ['type'],
    present: ['type'],
    unicode: ['type'],
  }
  if (rule === 'optional') return broken.find((one) => one.rule === 'required' && one.part !== part)
  const names = Object.hasOwn(wanted, rule) ? (wanted[rule] ?? []) : [rule]
  return names.map((name) => here.find((one) => one.rule === name)).find((one) => one !== undefined)
}

const nameIn = ({ part }: Variant): string =>
  segmentsOf(`/${part}`)
    .flatMap((one) => one.split(/[ /]/))
    .findLast((one) => one !== '' && !/^\d+$/.test(one)) ?? ''

/** What a provider may repeat of a request when it refuses it. */
const wordsOf = (variant: Variant): readonly string[] => {
  const { value } = variant
  const text =
    typeof value === 'string' ? [value] : value === undefined ? [] : [JSON.stringify(value)]
  return variant.rule === 'optional' || variant.rule === 'required' ? [nameIn(variant)] : text
}

/**
 * Looks closer at valid requests that were refused: each once more in a state of its own, beside the
 * request that it was made from, a forbidden one that is like it, and one that is wrong elsewhere.
 */
export function* refusalsExplained(
  session: Session,
  operation: Operation,
  refused: readonly Refused[],
): Asking<readonly Observation[]> {
  const observations: Observation[] = []
  for (const { variant, body, isNeighbourTaken } of refused) {
    const options = body === undefined ? {} : { body }
    const draft = yield* readyDraft(session, operation, options)
    if (draft === undefined) continue
    const broken = brokenOf(session, draft)
    const twin = twinOf(variant, broken)
    const other =
      broken.find((one) => one.part !== variant.part && one.rule === 'type') ??
      broken.find((one) => one.part === variant.part && one.rule === 'type' && one !== twin)
    if (twin === undefined) continue
    const invalid = (one: Variant) =>
      written(one.apply(draft), one.words, {
        kind: 'invalid',
        breach: one.breach,
        words: one.words,
      })
    const allowed = yield* ask(
      session,
      written(variant.apply(draft), variant.words, { kind: 'valid' }),
    )
    if (isTaken(allowed)) continue
    // What is taken without anything optional was refused for what it stood beside: a rule in words.
    const alone = variant.apply(withoutOptional(session, draft))
    if (isValid(session, alone)) {
      const taken = yield* ask(
        session,
        written(alone, `${variant.words}, alone`, { kind: 'valid' }),
      )
      if (isTaken(taken)) continue
    }
    const forbidden = yield* ask(session, invalid(twin))
    const contrast = other === undefined ? forbidden : yield* ask(session, invalid(other))
    const base = yield* ask(session, written(draft, 'unchanged', { kind: 'valid' }))
    if (!isTaken(base)) continue
    const { requestBody } = operation
    const { breach } = variant
    observations.push({
      code: 'refused-valid',
      operation,
      exchanges: [base, contrast, forbidden, allowed],
      pointer:
        breach.part === 'parameter'
          ? breach.parameter.pointer
          : (requestBody?.pointer ?? operation.pointer),
      facts: {
        words: variant.words,
        forbidden: twin.words,
        allowedWords: wordsOf(variant),
        forbiddenWords: wordsOf(twin),
        contrastWords: other === undefined ? [] : wordsOf(other),
        isNeighbourTaken,
      },
    })
  }
  return observations
}
