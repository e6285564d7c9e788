import { Comparator, type Result } from '@pactflow/openapi-pact-comparator'
import type { Contract, SpecificationVersion } from '../contract/contract.ts'
import { objectOr, type JsonObject } from '../spec/json.ts'
import type { Spec } from '../spec/types.ts'
import { askedOf, type Asked } from './asked.ts'
import { contractPart, type ContractPart } from './contract-part.ts'
import { locationSegments } from './location.ts'
import { specSays, type Saying } from './spec-says.ts'

/** One thing that a contract expects and the spec does not say. */
export interface Disagreement {
  readonly interaction: string
  /** The comparator's own code: `response.body.incompatible`. */
  readonly code: string
  readonly message: string
  readonly contract: ContractPart
  readonly spec: Saying
}

/** What comparing a contract with a spec came to. */
export interface Comparison {
  readonly disagreements: readonly Disagreement[]
  /** Sentences on what could not be compared. */
  readonly unchecked: readonly string[]
  /** How many interactions were compared, wholly or in part. */
  readonly compared: number
}

/** A body as the comparator sees it: version 4 wraps it, and headers are in lower case there. */
const plainSide = (side: unknown, wrapped: boolean): JsonObject => {
  const { body, headers, ...rest } = objectOr(side)
  const lower = Object.entries(objectOr(headers)).map(([name, value]) => [
    name.toLowerCase(),
    value,
  ])
  return {
    ...rest,
    headers: Object.fromEntries(lower) as JsonObject,
    ...(body === undefined ? {} : { body: wrapped ? (objectOr(body)['content'] ?? null) : body }),
  }
}

/** Where in the interaction the comparator's location leads. */
const segmentsOf = ({ value, wrapped }: Asked, result: Result): readonly string[] => {
  const location = (result.mockDetails?.location ?? '').replace('.interactions[0]', '')
  const plain = {
    request: plainSide(value['request'], wrapped),
    response: plainSide(value['response'], wrapped),
  }
  const [side = '', part = '', ...rest] = locationSegments(plain, location)
  // The object that has a member too many is the place, and the member stands in the message.
  const surplus = /must NOT have additional properties - (.+)$/.exec(result.message)?.[1]
  const inside = surplus === undefined ? rest : [...rest, surplus]
  return [side, part, ...(wrapped && part === 'body' ? ['content'] : []), ...inside].filter(
    (segment) => segment !== '',
  )
}

const disagreementOf = (spec: Spec, asked: Asked, result: Result): Disagreement => {
  const segments = segmentsOf(asked, result)
  const { interaction, operation } = asked
  return {
    interaction: interaction.description,
    code: result.code,
    message: result.message,
    contract: contractPart(interaction, segments),
    spec: specSays(spec, asked, segments) ?? {
      words: 'something else',
      place: operation?.place ?? spec.locate('/paths'),
    },
  }
}

type Compare = (asked: Asked, version: SpecificationVersion) => Promise<readonly Result[]>

/** One comparator for a spec, so that schemas are compiled once; another for paths without its base. */
const comparing = (spec: Spec): Compare => {
  const comparators = new Map<string, Comparator>()
  const comparatorFor = (basePath: string): Comparator => {
    const known = comparators.get(basePath)
    if (known !== undefined) return known
    const info = { ...objectOr(spec.document['info']), 'x-opc-config-base-path': basePath }
    // It changes the document that it is given.
    const made = new Comparator({ oas: structuredClone({ ...spec.document, info }) })
    comparators.set(basePath, made)
    return made
  }
  return async ({ operation, path, value }, version) => {
    const base = operation?.basePath ?? ''
    const comparator = comparatorFor(path.startsWith(`${base}/`) ? base : '')
    const metadata = { pactSpecification: { version: `${version}.0` } }
    const results: Result[] = []
    for await (const result of comparator.compare({ metadata, interactions: [value] })) {
      results.push(result)
    }
    return results
  }
}

/** Many rules that one place breaks are one disagreement: the first says enough. */
const distinct = (all: readonly Disagreement[]): readonly Disagreement[] =>
  [
    ...new Map(
      all
        .toReversed()
        .map((one) => [JSON.stringify([one.code, one.interaction, one.contract.place]), one]),
    ).values(),
  ].toReversed()

/**
 * Compares the requests and answers of a contract with a spec. Nothing is started or asked.
 *
 * Messages, and interactions of plugins, are none that an OpenAPI document could speak of: they are
 * in `unchecked`, and so is what the comparator cannot validate.
 *
 * @example
 * const { disagreements } = await compare(contract, spec)
 */
export const compare = async (contract: Contract, spec: Spec): Promise<Comparison> => {
  const resultsOf = comparing(spec)
  const disagreements: Disagreement[] = []
  const unchecked: string[] = []
  let compared = 0
  for (const interaction of contract.interactions) {
    const named = JSON.stringify(interaction.description)
    const without = (why: string): void => void unchecked.push(`Not checked: ${named}, ${why}.`)
    if (interaction.kind !== 'http') {
      without('a message')
      continue
    }
    if (interaction.plugin !== undefined) {
      without(`which needs the plugin ${interaction.plugin.name}`)
      continue
    }
    const asked = askedOf(spec, interaction, contract.specification)
    try {
      const results = await resultsOf(asked, contract.specification)
      compared += 1
      for (const result of results) {
        if (result.type === 'error') disagreements.push(disagreementOf(spec, asked, result))
        else if (result.code.endsWith('.unvalidatable')) {
          without(`${result.code.split('.', 2).join(' ')}: ${result.message}`)
        }
      }
    } catch (error) {
      without(
        `which the comparator cannot read (${error instanceof Error ? error.message : String(error)})`,
      )
    }
  }
  return { disagreements: distinct(disagreements), unchecked, compared }
}
