import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'

/**
 * The entry with a name, or the only one where no name is given.
 *
 * `what` is the word for such a thing, `of` whose they are. Throws a `UserError` that lists the
 * known names.
 *
 * @example
 * named({ database: 'postgres://…' }, undefined, { what: 'database', of: 'orders' }) // 'postgres://…'
 */
export const named = <Value>(
  entries: Readonly<Record<string, Value>>,
  name: string | undefined,
  { what, of }: { readonly what: string; readonly of: string },
): Value => {
  const known = Object.keys(entries)
  const chosen = name ?? (known.length === 1 ? known[0] : undefined)
  const value = chosen !== undefined && Object.hasOwn(entries, chosen) ? entries[chosen] : undefined
  if (value !== undefined) return value
  const list = known.map((one) => `"${one}"`).join(', ')
  if (known.length === 0)
    throw new UserError({
      problem: `The testbed of "${of}" has no ${what}${name === undefined ? '' : ` "${name}", nor any other`}.`,
      fix: `add one to integrations.${of}.dependencies`,
    })
  if (chosen === undefined)
    throw new UserError({
      problem: `The testbed of "${of}" has more than one ${what}, so its name is needed.`,
      expected: `one of ${list}`,
    })
  const meant = nearest(chosen, known)
  throw new UserError({
    problem: `The testbed of "${of}" has no ${what} "${chosen}".`,
    expected: `one of ${list}`,
    ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
  })
}
