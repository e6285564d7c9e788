import type { HeaderFields } from '../../model/http.ts'
import type { Asking, Observation, Operation, PlannedRequest } from '../types.ts'
import { readyDraft } from './bases.ts'
import { written, type Draft } from './draft.ts'
import { otherWays } from './other-ways.ts'
import { ask, isTaken } from './state/observe.ts'
import { missing } from './state/missing.ts'
import { reach, repeated } from './state/reach.ts'
import { openSession, type SessionOptions } from './state/session.ts'
import { draftsOf, isSafe } from './state/targets.ts'
import { strangersFor, type StrangerForm } from './strangers.ts'

const pairsOf = (form: StrangerForm, place: string): readonly string[] =>
  form.fields
    .filter((field) => field.in === place)
    .map(({ name, value }) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)

/** A request as a stranger sends it. */
const strange = (planned: PlannedRequest, form: StrangerForm, name = ''): PlannedRequest => {
  const { who, words, credentials, fields, status } = form
  const inHeader = fields.filter((field) => field.in === 'header')
  const cookies = pairsOf(form, 'cookie')
  const query = pairsOf(form, 'query').join('&')
  const taken = new Set(inHeader.map((field) => field.name.toLowerCase()))
  const headers: HeaderFields = [
    ...planned.headers.filter(([key]) => !taken.has(key.toLowerCase())),
    ...inHeader.map((field) => [field.name, field.value] as const),
    ...(cookies.length === 0 ? [] : [['Cookie', cookies.join('; ')] as const]),
  ]
  const separator = planned.target.includes('?') ? '&' : '?'
  return {
    ...planned,
    name: `${words}${name}`,
    target: query === '' ? planned.target : `${planned.target}${separator}${query}`,
    headers,
    credentials,
    intent: { kind: 'stranger', who, words: `${words}${name}`, status },
  }
}

/** The script of the technique `credentials`: everybody who must not be let in tries to be. */
export const credentials = (operation: Operation, options: SessionOptions) => {
  const { spec, credentials: known } = options
  const strangers = strangersFor(operation.security, known, spec.securitySchemes, options.isOurs)
  const [nobody] = strangers
  if (nobody === undefined) return undefined
  return function* (): Asking<readonly Observation[]> {
    const session = openSession(options)
    const learned = yield* reach(session, operation)
    // Once more, so that it is known how new a request must be to be taken again.
    if (learned !== undefined && !isSafe(operation)) yield* repeated(session, operation)
    const ready = function* (): Asking<Draft | undefined> {
      return (yield* readyDraft(session, operation)) ?? draftsOf(session, operation)[0]?.draft
    }
    let draft = yield* ready()
    if (draft === undefined) return []
    const known401 = yield* ask(session, strange(written(draft, ''), nobody))
    for (const form of strangers.slice(1)) {
      const exchange = yield* ask(session, strange(written(draft, ''), form))
      if (isTaken(exchange) && !isSafe(operation)) draft = (yield* ready()) ?? draft
    }
    for (const [name, other] of otherWays(session, draft))
      yield* ask(session, strange(written(other, ''), nobody, ` and ${name}`))
    if (draft.body !== undefined) {
      const { body: _, ...bodiless } = draft
      yield* ask(session, strange(written(bodiless, ''), nobody, ' and without a body'))
    }
    const absent = missing(session, draft)
    if (absent === undefined) return []
    const late = yield* ask(session, strange(written(absent, ''), nobody))
    const exchanges = [known401, late]
    const { pointer } = operation
    return [{ code: 'credential-late', operation, exchanges, pointer, facts: {} }]
  }
}
