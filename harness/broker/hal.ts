import { z } from 'zod'
import { BrokerError } from './broker-error.ts'

/*
 * Hypertext Application Language: where a broker's resources are is what its links say, and never
 * guessed from what other brokers' addresses look like.
 */

const link = z.looseObject({ href: z.string(), name: z.string().optional() })

const links = z.record(
  z.string(),
  z.union([z.array(link), link.transform((one) => [one])]).catch([]),
)

/** One link of a resource. */
export type Link = z.output<typeof link>

/** An answer of a broker. */
export interface Resource {
  /** Where it came from. */
  readonly url: string
  readonly status: number
  /** What its JSON holds; `undefined` where it has none. */
  readonly value: unknown
  readonly text: string
}

/** What a resource holds besides its own fields. */
export const embedded = <Inner extends z.ZodType>(inner: Inner) =>
  z.looseObject({ _embedded: inner }).transform((value) => value['_embedded'] as z.output<Inner>)

/** All links of a resource by this relation; none where it has none. */
export const linksOf = ({ value }: Resource, relation: string): readonly Link[] => {
  const found: unknown = Reflect.get(Object(value), '_links')
  const parsed = links.safeParse(found)
  return parsed.success ? (parsed.data[relation] ?? []) : []
}

/** RFC 6570, level 1: `{name}` is replaced by its value, percent-encoded. */
const expanded = (href: string, values: Readonly<Record<string, string>>): string =>
  href.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    values[name] === undefined ? whole : encodeURIComponent(values[name]),
  )

/**
 * Where a relation of a resource leads, absolute; `undefined` where it has no such link. With a
 * `name` only the link of that name counts.
 *
 * @example
 * findLink(index, 'pb:pacticipant', { pacticipant: 'web' }) // 'https://broker.example.com/pacticipants/web'
 */
export const findLink = (
  resource: Resource,
  relation: string,
  values: Readonly<Record<string, string>> = {},
  name?: string,
): string | undefined => {
  const found = linksOf(resource, relation).find((one) => name === undefined || one.name === name)
  if (found === undefined) return undefined
  const href = expanded(found.href, values)
  return URL.canParse(href, resource.url) ? new URL(href, resource.url).href : undefined
}

/** The same where there must be one. Throws a `BrokerError` that names the relation. */
export const linkOf = (
  resource: Resource,
  relation: string,
  values: Readonly<Record<string, string>> = {},
): string => {
  const found = findLink(resource, relation, values)
  if (found !== undefined) return found
  throw new BrokerError(
    {
      problem: `the broker's answer of ${resource.url} has no link "${relation}"`,
      expected: 'a Pact Broker that can do this: it says so by its links',
      fix: 'check the address of the broker; an old one may have to be updated',
    },
    { refused: false },
  )
}
