import type { Node } from 'jsonc-parser'
import { at, member, membersOf } from '../json-text.ts'
import { anyStep, covers, formatPath, pathSteps, type PathStep } from './json-path.ts'

/** A matching rule of a contract that speaks of one part of an answer. */
export interface MatchingRule {
  /** What it asks for, in words. */
  readonly words: string
  /** Where it says it speaks of: `$.lines[*].id`. */
  readonly path: string
}

const valueOf = (matcher: Node, key: string): string | undefined => {
  const node = member(matcher, key)
  return node === undefined ? undefined : String(node.value)
}

const sizes = (matcher: Node): string => {
  const min = valueOf(matcher, 'min')
  const max = valueOf(matcher, 'max')
  return [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
  ].join(' and ')
}

const plain: Readonly<Record<string, string>> = {
  equality: 'exactly this value',
  integer: 'any integer',
  decimal: 'any number with decimals',
  number: 'any number',
  boolean: 'any boolean',
  null: 'null',
  notEmpty: 'anything that is not empty',
  semver: 'a semantic version',
  values: 'these values under any keys',
  arrayContains: 'an array that contains these',
  eachKey: 'keys by a rule',
  eachValue: 'values by a rule',
}

const words = (matcher: Node): string => {
  const match =
    valueOf(matcher, 'match') ?? (member(matcher, 'regex') === undefined ? 'type' : 'regex')
  const format = valueOf(matcher, 'format') ?? valueOf(matcher, match)
  const size = sizes(matcher)
  switch (match) {
    case 'type':
      return size === '' ? 'any value of the same type' : `elements of the same type, ${size}`
    case 'regex':
      return `a text matching /${valueOf(matcher, 'regex') ?? ''}/`
    case 'include':
      return `a text with "${valueOf(matcher, 'value') ?? ''}" in it`
    case 'contentType':
      return `content of type ${valueOf(matcher, 'value') ?? ''}`
    case 'statusCode':
      return `a status of the kind ${valueOf(matcher, 'status') ?? ''}`
    case 'date':
    case 'time':
    case 'timestamp':
    case 'datetime':
      return format === undefined ? `a ${match}` : `a ${match} such as ${format}`
    default:
      return plain[match] ?? `the matcher "${match}"`
  }
}

const ruleFrom = (node: Node | undefined, path: string): MatchingRule | undefined => {
  if (node === undefined) return undefined
  const matchers = member(node, 'matchers')
  if (matchers === undefined) return { words: words(node), path }
  const joint = valueOf(node, 'combine') === 'OR' ? ' or ' : ' and '
  const all = (matchers.children ?? []).map(words).join(joint)
  return all === '' ? undefined : { words: all, path }
}

const wildcards = (steps: readonly PathStep[]): number =>
  steps.filter((key) => key === anyStep).length

/**
 * The rule that the contract has for a part of the answer's body: of all that speak of it the
 * longest, of these the one with the fewest wildcards.
 *
 * @example
 * bodyRule(response, ['lines', 3, 'id'])?.path // '$.lines[*].id'
 */
export const bodyRule = (
  response: Node | undefined,
  path: readonly PathStep[],
): MatchingRule | undefined => {
  const rules = member(response, 'matchingRules')
  const candidates = [
    ...membersOf(member(rules, 'body')).map(([key, node]) => ({ steps: pathSteps(key), node })),
    ...membersOf(rules)
      .filter(([key]) => /^\$\.body\b|^\$\['body'\]/.test(key))
      .map(([key, node]) => ({ steps: pathSteps(key).slice(1), node })),
  ]
  const [best] = candidates
    .filter(({ steps }) => covers(steps, path))
    .toSorted((a, b) => b.steps.length - a.steps.length || wildcards(a.steps) - wildcards(b.steps))
  return best && ruleFrom(best.node, formatPath(best.steps).replaceAll("['*']", '[*]'))
}

/** The rule that the contract has for a header of the answer. */
export const headerRule = (response: Node | undefined, name: string): MatchingRule | undefined => {
  const rules = member(response, 'matchingRules')
  const same = (key: string): boolean =>
    key.replace(/\[\d+\]$/, '').toLowerCase() === name.toLowerCase()
  const own = membersOf(member(rules, 'header')).find(([key]) => same(key))
  const old = membersOf(rules).find(([key]) => {
    const [part, header] = pathSteps(key)
    return (part === 'headers' || part === 'header') && same(String(header))
  })
  return ruleFrom((own ?? old)?.[1], `header ${name}`)
}

/** The rule that the contract has for a part of a message's metadata. */
export const metadataRule = (message: Node | undefined, name: string): MatchingRule | undefined =>
  ruleFrom(at(message, 'matchingRules', 'metadata', name), `metadata ${name}`)

/** The rule that the contract has for the status (Pact 4). */
export const statusRule = (response: Node | undefined): MatchingRule | undefined =>
  ruleFrom(at(response, 'matchingRules', 'status'), 'status')
