import type { JsonValue } from '../json.ts'
import { essenceOf, isJson } from '../media-type.ts'
import { generate } from '../schema/generate.ts'
import type { Schemas } from '../schema/schemas.ts'
import type { MediaTypeContent, NamedExample, Parameter, Spec } from '../types.ts'
import { isWritable, writeBody } from './body.ts'
import type { DraftBody } from './draft.ts'

/** What values are chosen from. */
export interface ChoiceContext {
  readonly spec: Spec
  readonly seed: number
  /** Values that the user gave by name; they come before the document's. */
  readonly given: Readonly<Record<string, string>>
}

const typed = (text: string): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

const soundExamples = (
  examples: readonly NamedExample[],
  schema: string | undefined,
  schemas: Schemas,
): readonly NamedExample[] =>
  schema === undefined
    ? examples
    : examples.filter(({ value }) => schemas.accepts(schema, 'request', value))

/** A path's part that is empty or dots is another path. */
const isPathPart = (value: JsonValue): boolean =>
  !['', '.', '..'].includes(typeof value === 'object' ? '' : String(value))

/** A header's value is one line of visible ASCII here, so that it arrives as it was sent. */
const isHeaderText = (value: JsonValue): boolean =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(
    typeof value === 'string' ? value : JSON.stringify(value),
  )

/** Whether a value can be sent in a parameter's place and arrive as it is. */
export const isSendable = (parameter: Parameter, value: JsonValue): boolean => {
  if (parameter.in === 'path') return isPathPart(value)
  return parameter.in !== 'header' || isHeaderText(value)
}

/** RFC 9110, 5.1: what a header may be called. Documents write other names. */
export const hasLegalName = ({ in: place, name }: Parameter): boolean =>
  place !== 'header' || /^[\w!#$%&'*+.^`|~-]+$/.test(name)

/** One valid value of a parameter that nobody gave one for; `undefined` where none was found. */
const generatedValue = (
  parameter: Parameter,
  { spec, seed }: ChoiceContext,
): JsonValue | undefined =>
  parameter.schema === undefined
    ? 'text'
    : generate(parameter.schema, {
        document: spec.document,
        schemas: spec.schemas,
        seed,
        accepts: (value) => isSendable(parameter, value),
      })

/** The values that a parameter may take, by the name of the example. */
export interface Choice {
  readonly parameter: Parameter
  readonly examples: readonly NamedExample[]
}

/** What is known of a parameter's values; `undefined` where a required one has none. */
export const choiceFor = (parameter: Parameter, context: ChoiceContext): Choice | undefined => {
  const { spec, given } = context
  const { name, schema } = parameter
  const text = Object.hasOwn(given, name) ? given[name] : undefined
  if (text !== undefined) {
    const value =
      schema !== undefined && spec.schemas.accepts(schema, 'request', text) ? text : typed(text)
    return { parameter, examples: [{ name: 'given', value }] }
  }
  const documented = soundExamples(parameter.examples, schema, spec.schemas).filter(({ value }) =>
    isSendable(parameter, value),
  )
  if (documented.length > 0) return { parameter, examples: documented }
  if (!parameter.required) return { parameter, examples: [] }
  const value = generatedValue(parameter, context)
  return value === undefined ? undefined : { parameter, examples: [{ name: 'generated', value }] }
}

/** One way of filling the body. */
export interface BodyChoice extends DraftBody {
  readonly name: string
}

/** One valid value of a body that nobody gave an example for. */
const generatedBody = (
  { mediaType, schema }: MediaTypeContent,
  { spec, seed }: Pick<ChoiceContext, 'spec' | 'seed'>,
): JsonValue | undefined =>
  schema === undefined || essenceOf(mediaType) === 'application/octet-stream'
    ? 'text'
    : generate(schema, { document: spec.document, schemas: spec.schemas, seed })

/** The documented examples of a body, else a generated one; none where none can be written. */
export const bodiesFor = (
  content: MediaTypeContent,
  context: ChoiceContext,
): readonly BodyChoice[] => {
  const { schema, mediaType } = content
  const isText = !isJson(mediaType) && !isWritable(mediaType)
  const documented = isText
    ? content.examples.filter(({ value }) => typeof value === 'string')
    : soundExamples(content.examples, schema, context.spec.schemas)
  const values = [...documented]
  if (values.length === 0 && isWritable(mediaType)) {
    const value = generatedBody(content, context)
    if (value !== undefined) values.push({ name: 'generated', value })
  }
  return values
    .filter(({ value }) => writeBody(content, value) !== undefined)
    .map(({ name, value }) => ({ name, value, content }))
}
