import type { JsonValue } from '../json.ts'
import type { Operation, Parameter, PlannedRequest } from '../types.ts'
import {
  bodiesFor,
  choiceFor,
  hasLegalName,
  type BodyChoice,
  type Choice,
  type ChoiceContext,
} from './choices.ts'
import { written, type Draft } from './draft.ts'

/** What planning the requests of one operation needs. */
export interface ExampleContext extends ChoiceContext {
  readonly credentials: readonly string[]
}

/** A draft, and what makes it this one. */
export interface NamedDraft {
  readonly name: string
  readonly draft: Draft
}

/** The drafts, or why there can be none. */
export type PlannedExamples =
  | { readonly drafts: readonly NamedDraft[] }
  | { readonly problem: string; readonly pointer: string; readonly fix: string }

/** Documented examples beyond this are not asked: a document may hold thousands. */
const requestsMax = 20

const isDocumented = (name: string): boolean => name !== 'generated' && name !== 'given'

const shownName = (name: string): string =>
  name === 'default' ? 'documented example' : isDocumented(name) ? `example "${name}"` : name

/** What makes two requests the same on the wire. */
export const keyOf = ({ target, headers, body }: PlannedRequest): string =>
  JSON.stringify([target, headers, Buffer.from(body ?? []).toString('base64')])

/**
 * The requests of the technique `examples`: each documented example of a body or parameter once
 * (those of one name together), with what is required and has none generated; first without, then
 * with the optional parameters that have examples.
 *
 * Examples that break their own schema are passed over: they would be refused, rightly.
 */
export const planExamples = (operation: Operation, context: ExampleContext): PlannedExamples => {
  const choices: Choice[] = []
  for (const parameter of operation.parameters) {
    if (!hasLegalName(parameter)) continue
    const choice = choiceFor(parameter, context)
    if (choice === undefined) {
      return {
        problem: `No valid value is known for the ${parameter.in} parameter "${parameter.name}", and none could be generated from its schema.`,
        pointer: parameter.pointer,
        fix: `add an example to it, or give one: --example ${parameter.name}=…`,
      }
    }
    choices.push(choice)
  }
  const content = operation.requestBody?.content ?? []
  const bodies: (BodyChoice | undefined)[] = content.flatMap((type) => bodiesFor(type, context))
  if (bodies.length === 0 && content.length > 0 && operation.requestBody?.required === true) {
    return {
      problem: `No valid body is known in ${content.map(({ mediaType }) => mediaType).join(' or ')}, and none could be generated.`,
      pointer: operation.requestBody.pointer,
      fix: 'add an example of the body to the document',
    }
  }
  if (bodies.length === 0) bodies.push(undefined)

  const optional = choices.filter(
    ({ parameter, examples }) => !parameter.required && examples.length > 0,
  )
  const pick = (
    wanted: string,
    withOptional: boolean,
  ): readonly (readonly [Parameter, JsonValue])[] =>
    choices.flatMap(({ parameter, examples }) => {
      const isGiven = examples[0]?.name === 'given'
      const example = examples.find(({ name }) => name === wanted) ?? examples[0]
      return example === undefined || (!parameter.required && !withOptional && !isGiven)
        ? []
        : [[parameter, example.value] as const]
    })
  const names = new Set([
    ...bodies.flatMap((body) => (body === undefined ? [] : [body.name])),
    ...choices.flatMap(({ examples }) => examples.map(({ name }) => name)),
  ])
  const ordered = [...names].toSorted((a, b) => Number(isDocumented(b)) - Number(isDocumented(a)))
  const drafts = new Map<string, NamedDraft>()
  const add = (name: string, body: BodyChoice | undefined, withOptional: boolean): void => {
    const draft: Draft = {
      operation,
      values: pick(name, withOptional),
      ...(body === undefined ? {} : { body: { content: body.content, value: body.value } }),
      credentials: context.credentials,
    }
    const key = keyOf(written(draft, ''))
    if (drafts.size < requestsMax && !drafts.has(key))
      drafts.set(key, { name: shownName(name), draft })
  }
  for (const body of bodies) add(body?.name ?? ordered[0] ?? 'generated', body, false)
  for (const name of ordered) {
    add(name, bodies.find((body) => body?.name === name) ?? bodies[0], optional.length > 0)
  }
  return { drafts: [...drafts.values()] }
}
