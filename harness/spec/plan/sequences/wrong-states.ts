import { resolved } from '../../pointer.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { readyDraft } from '../bases.ts'
import { withParameter, written, type Draft } from '../draft.ts'
import { ask } from '../state/observe.ts'
import { pathReferencesIn } from '../state/path-references.ts'
import { reach } from '../state/reach.ts'
import { calling, referencesIn } from '../state/references.ts'
import { allResources, operationAt, type Instance, type Session } from '../state/session.ts'
import { conditional, draftsOf, retargeted } from '../state/targets.ts'
import { nounOf, plainName, resourceOf, singularOf } from '../state/templates.ts'
import { concerns } from './concerns.ts'
import { inEachState } from './in-each-state.ts'
import { observed } from './reading.ts'
import { rulesOf, sentencesOf, statesOf, type StateRule } from './state-rules.ts'
import { wordsAt, wordsOfStatus } from './words.ts'

/** A kind of thing whose state may stand in the way of an operation. */
interface Party {
  readonly resource: string
  /** Whether it is what the operation is done to. */
  readonly isOwn: boolean
  /** The draft about such a thing. */
  readonly about: (draft: Draft, thing: Instance) => Draft
}

const nounFor = (resource: string): string => singularOf(plainName(nounOf(resource)))

/** The kinds that a request calls by their ids, what it is done to first. */
const partiesOf = (session: Session, draft: Draft): readonly Party[] => {
  const { operation } = draft
  const own = resourceOf(operation.path)
  const inPath = pathReferencesIn(session, operation).map(({ parameter, resource }): Party => ({
    resource,
    isOwn: false,
    about: (one, { values }) => withParameter(one, parameter, values.at(-1)),
  }))
  const inBody = [...new Set(referencesIn(session, draft).map(({ resource }) => resource))]
    .filter((resource) => resource !== own)
    .map((resource): Party => ({
      resource,
      isOwn: false,
      about: (one, { values }) => calling(session, one, resource, values.at(-1) ?? ''),
    }))
  return [
    ...(own === undefined ? [] : [{ resource: own, isOwn: true, about: retargeted }]),
    ...inPath,
    ...inBody,
  ]
}

/** Whether a rule is about things of a kind: it says so, or it speaks of nothing else. */
const isAbout = (session: Session, { subject }: StateRule, { resource, isOwn }: Party): boolean => {
  const noun = nounFor(resource)
  if (subject !== undefined && noun.length > 2 && subject.startsWith(noun)) return true
  const isOther = allResources(session).some((one) => nounFor(one) === subject)
  return isOwn && !isOther
}

/** An operation tried in each state of a thing for which the document says that it answers 409. */
export function* inWrongStates(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const { spec } = session
  if (!operation.responses.some(({ status }) => /^(409|4XX)$/.test(status))) return []
  const told = sentencesOf(wordsAt(spec, operation.pointer)).filter(
    (text) =>
      /409|cannot|must not|only|not allowed|no longer/i.test(text) && concerns(text, operation),
  )
  const texts = [wordsOfStatus(spec, operation, '409'), ...told]
  const first = draftsOf(session, operation)[0]?.draft
  if (first === undefined) return []
  const observations: Observation[] = []
  for (const party of partiesOf(session, first)) {
    const { resource, isOwn, about } = party
    const reading = operationAt(session, 'GET', resource)
    if (reading === undefined && !isOwn) continue
    const states = statesOf(spec, reading ?? operation)
    const rules = rulesOf(texts, states).filter((rule) => isAbout(session, rule, party))
    if (rules.length === 0) continue
    const learned = yield* reach(session, operation)
    for (const [thing, body] of yield* inEachState(session, resource, states, operation)) {
      const rule = rules.find(
        ({ property, isRefused }) => body[property] !== undefined && isRefused(body[property]),
      )
      if (rule === undefined) continue
      const base = isOwn ? (learned?.draft ?? first) : yield* readyDraft(session, operation)
      if (base === undefined) continue
      const draft = yield* conditional(session, about(base, thing))
      const shown = `"${rule.property}" is ${JSON.stringify(body[rule.property])}`
      const state = isOwn ? shown : `calls ${articled(nounFor(resource))} whose ${shown}`
      const exchange = yield* ask(session, written(draft, `while ${shown}`))
      observations.push(
        observed(
          'conflict-accepted',
          operation,
          [exchange, exchange],
          { words: rule.words, state },
          resolved(spec.document, operation.pointer)?.pointer ?? operation.pointer,
        ),
      )
    }
  }
  return observations
}

const articled = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
