/** The names of the places in a path's template, in their order. */
export const placesOf = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '')

/** A template without the names of its places, and nothing else changed. */
const bare = (path: string): string => path.replaceAll(/\{[^{}]*\}/g, '{}')

/**
 * A template without the names of its places, since two paths may name one place differently; without
 * the ending of a format, since `/orders.json` is where `/orders/{id}.json` is made; and with an action
 * that is written behind a colon below what it acts on.
 *
 * @example
 * skeletonOf('/orders/{id}.json') // '/orders/{}'
 * skeletonOf('/orders/{id}:cancel') // '/orders/{}/:cancel'
 */
export const skeletonOf = (path: string): string =>
  bare(path)
    .replace(/(?<=[^/])\.(json|xml|ya?ml)$/i, '')
    .replaceAll('{}:', '{}/:')

/**
 * The things that a path goes through, outermost first, as skeletons that end with a place.
 *
 * @example
 * resourcesOf('/orders/{orderId}/payments/{id}/refunds') // ['/orders/{}', '/orders/{}/payments/{}']
 */
export const resourcesOf = (path: string): readonly string[] => {
  const segments = skeletonOf(path).split('/')
  return segments.flatMap((segment, index) =>
    segment.includes('{}') ? [segments.slice(0, index + 1).join('/')] : [],
  )
}

/** What a path is about: the last of {@link resourcesOf}. */
export const resourceOf = (path: string): string | undefined => resourcesOf(path).at(-1)

/** Where the things of a kind are listed and made: `/orders` for `/orders/{}`. */
export const collectionOf = (resource: string): string =>
  resource.slice(0, resource.lastIndexOf('/'))

/** The last word of a path that is no place: `payments` for `/orders/{}/payments/{}`. */
export const nounOf = (path: string): string =>
  skeletonOf(path)
    .split('/')
    .findLast((segment) => segment !== '' && !segment.includes('{}')) ?? ''

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/**
 * What stands in the places of a template in a real path, decoded; `undefined` where it does not fit.
 *
 * @example
 * matchPath('/orders/{id}', '/orders/a%2Fb') // ['a/b']
 */
export const matchPath = (template: string, path: string): readonly string[] | undefined => {
  const source = bare(template)
    .split('{}')
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('([^/]+)')
  const match = new RegExp(`^${source}$`).exec(path)
  if (match === null) return undefined
  const values = match.slice(1).map(decoded)
  return values.every((value) => value !== undefined) ? values : undefined
}

/** A name without its writing: `orderId`, `order_id` and `order-id` are one. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** A noun in the singular, as far as English is regular. */
export const singularOf = (noun: string): string =>
  noun.endsWith('ies')
    ? `${noun.slice(0, -3)}y`
    : /(s|x|ch|sh)es$/.test(noun)
      ? noun.slice(0, -2)
      : noun.endsWith('s') && !noun.endsWith('ss')
        ? noun.slice(0, -1)
        : noun
