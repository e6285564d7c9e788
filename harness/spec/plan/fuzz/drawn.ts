import * as fc from 'fast-check'
import type { JsonValue } from '../../json.ts'
import { arbitraryOf } from '../../schema/arbitrary/arbitrary.ts'
import { nothing } from '../../schema/arbitrary/made.ts'
import { valuesOf } from '../../schema/arbitrary/values.ts'
import type { Draft, DraftBody } from '../draft.ts'
import { isValid } from '../pairs/factors.ts'
import type { Session } from '../state/session.ts'
import { isVariable } from '../variants.ts'
import type { Dice } from './dice.ts'
import type { Memory } from './memory.ts'
import { partsOf, type Change, type Part } from './parts.ts'

/** What a request is drawn with. */
export interface Drawing {
  readonly session: Session
  readonly dice: Dice
  readonly memory: Memory
  /** Parts whose turn has not come: each has it before any has it again. */
  readonly waiting: string[]
}

const changesMax = 3
const seedsMax = 2 ** 30
const candidates = 6

/** A value for a part: one that was seen under its name, or any other. */
const valueFor = (
  { session, dice, memory }: Drawing,
  { name, raw }: Part,
): JsonValue | undefined => {
  const seen = dice.happens(4) ? dice.pick(memory.valuesOf(name)) : undefined
  if (seen !== undefined) return seen
  return fc
    .sample(arbitraryOf(raw, session.spec.document), {
      seed: dice.roll(seedsMax),
      numRuns: candidates,
    })
    .find((value) => value !== nothing)
}

/** The part whose turn it is. */
const nextOf = ({ dice, waiting }: Drawing, parts: readonly Part[]): Part | undefined => {
  const byKey = new Map(parts.map((part) => [part.key, part]))
  const isThere = (key: string): boolean => byKey.has(key)
  if (!waiting.some(isThere)) waiting.push(...byKey.keys())
  const key = dice.pick(waiting.filter(isThere))
  if (key === undefined) return undefined
  waiting.splice(waiting.indexOf(key), 1)
  return byKey.get(key)
}

/** A few parts of a draft made others; `undefined` where nothing valid came of it. */
export const changedByChance = (drawing: Drawing, draft: Draft): Change | undefined => {
  const { session, dice } = drawing
  const parts = partsOf(session, draft)
  const changes: Change[] = []
  const wanted = 1 + dice.roll(changesMax)
  for (let turn = 0; turn < wanted * 2 && changes.length < wanted; turn += 1) {
    const part = nextOf(drawing, parts)
    if (part === undefined) break
    const isDropped = part.isDroppable && dice.happens(3)
    const value = isDropped ? undefined : valueFor(drawing, part)
    const change = isDropped || value !== undefined ? part.set(value) : undefined
    if (change === undefined) continue
    // What goes wrong with others is left out, and the rest kept.
    const all = [...changes, change]
    if (
      isValid(
        session,
        all.reduce((one, { apply }) => apply(one), draft),
      )
    )
      changes.push(change)
  }
  if (changes.length === 0) return undefined
  return {
    words: changes.map(({ words }) => words).join(', '),
    apply: (one) => changes.reduce((result, { apply }) => apply(result), one),
  }
}

/** Bodies that have nothing to do with those that are known. */
export const bodiesByChance = (
  { session, dice }: Drawing,
  { content }: DraftBody,
  count: number,
): readonly DraftBody[] => {
  const { schema, mediaType } = content
  if (schema === undefined || !isVariable(mediaType)) return []
  const { document, schemas } = session.spec
  const seed = dice.roll(seedsMax)
  return valuesOf(schema, { document, schemas, seed, count }).map((value) => ({ content, value }))
}
