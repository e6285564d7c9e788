import { z } from 'zod'

/** The parts of JSON Schema that zod makes of a schema, and what we add in `.meta`. */
interface Node {
  readonly description?: string
  /** What holds where the key is left out. */
  readonly otherwise?: string
  readonly $ref?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Node
  readonly anyOf?: readonly Node[]
  readonly oneOf?: readonly Node[]
  readonly properties?: Readonly<Record<string, Node>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Node | boolean
  readonly $defs?: Readonly<Record<string, Node>>
}

const ticked = (text: string): string => `\`${text}\``

const literal = (value: unknown): string => ticked(JSON.stringify(value))

const formsOf = ({ anyOf, oneOf }: Node): readonly Node[] => anyOf ?? oneOf ?? []

/** What stands under each name, for an object whose keys are the user's own. */
const memberOf = ({ additionalProperties }: Node): Node | undefined =>
  typeof additionalProperties === 'object' ? additionalProperties : undefined

const isObject = ({ properties }: Node): boolean => properties !== undefined

const textWords = ({ format, pattern }: Node): string => {
  if (format === 'uri') return 'a URL'
  if (format === 'starts_with') return 'text that begins with `/`'
  return pattern === undefined ? 'text' : `text like ${ticked(pattern)}`
}

/** The type of a value, in words. */
const typeWords = (node: Node): string => {
  const { $ref, type, items } = node
  if ($ref !== undefined) {
    const name = $ref.replace('#/$defs/', '')
    return `[${name}](#${name})`
  }
  if (node.const !== undefined) return literal(node.const)
  if (node.enum !== undefined) return node.enum.map(literal).join(' or ')
  const forms = formsOf(node)
  if (forms.length > 0) return [...new Set(forms.map(typeWords))].join(' or ')
  if (items !== undefined) return `list of ${typeWords(items)}`
  const member = memberOf(node)
  if (member !== undefined) return `by name: ${typeWords(member)}`
  if (isObject(node)) return 'object'
  if (type === 'integer') return `whole number, ${node.minimum ?? '…'} to ${node.maximum ?? '…'}`
  return type === 'string' ? textWords(node) : (type ?? 'anything')
}

const sentence = (words = ''): string =>
  words === '' ? '' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`.replace(/[^…]$/, '$&.')

const rowOf = (key: string, node: Node, isRequired: boolean): string => {
  const { description = node.$ref === undefined ? undefined : '' } = node
  if (description === undefined) throw new Error(`The key "${key}" has no description.`)
  const otherwise = isRequired ? 'required' : (node.otherwise ?? '')
  const cells = [ticked(key), typeWords(node), otherwise, description]
  return `| ${cells.map((text) => text.replaceAll('|', String.raw`\|`)).join(' | ')} |`
}

const tableOf = ({ properties = {}, required = [] }: Node): string =>
  [
    '| key | type | default | meaning |',
    '| --- | --- | --- | --- |',
    ...Object.entries(properties).map(([key, node]) => rowOf(key, node, required.includes(key))),
  ].join('\n')

/** What tells one form from the others: a fixed value, else the keys that it requires. */
const formName = ({ properties = {}, required = [] }: Node): string => {
  const fixed = Object.entries(properties).find(([, node]) => typeof node.const === 'string')
  return fixed === undefined
    ? `With ${required.map(ticked).join(' and ')}:`
    : `With ${ticked(fixed[0])} ${literal(fixed[1].const)}:`
}

const joined = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n')

const below = (path: string, { properties = {} }: Node): readonly string[] =>
  Object.entries(properties).flatMap(([key, node]) =>
    sectionsOf(path === '' ? key : `${path}.${key}`, node),
  )

/** A section for an object, or for all the forms that an object can take; then those below it. */
const sectionsOf = (path: string, node: Node): readonly string[] => {
  const member = memberOf(node)
  if (member !== undefined) return sectionsOf(`${path}.NAME`, member)
  const title = path === '' ? '## The whole' : `## ${ticked(path)}`
  if (isObject(node))
    return [joined(title, sentence(node.description), tableOf(node)), ...below(path, node)]
  const forms = formsOf(node).filter(isObject)
  if (forms.length === 0) return []
  const tables = forms.flatMap((form) => [formName(form), tableOf(form)])
  return [
    joined(title, sentence(node.description), ...tables),
    ...forms.flatMap((form) => below(path, form)),
  ]
}

const named = ([name, node]: readonly [string, Node]): string =>
  joined(
    `## ${name}`,
    sentence(node.description),
    isObject(node) ? tableOf(node) : sentence(typeWords(node)),
  )

/**
 * The reference of a configuration in Markdown, made of the schema that checks it: a table for each
 * object, with key, type, what holds where the key is left out (`otherwise` in its `.meta`), and
 * meaning (`description`). Pure.
 *
 * Throws for a key without a description.
 *
 * @example
 * configReference(configSchema).includes('`integrations.NAME.provider`') // true
 */
export const configReference = (schema: z.ZodType): string => {
  const root = z.toJSONSchema(schema, { io: 'input' }) as Node
  return joined(...sectionsOf('', root), ...Object.entries(root.$defs ?? {}).map(named))
}
