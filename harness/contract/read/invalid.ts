import type { Node } from 'jsonc-parser'
import type { z } from 'zod'
import type { Place } from '../../model/place.ts'
import { UserError } from '../../model/user-error.ts'
import { member } from '../json-text.ts'

const fixes: Readonly<Record<string, string>> = {
  consumer: 'name the consumer: "consumer": { "name": "web" }',
  provider: 'name the provider: "provider": { "name": "orders-api" }',
}

/**
 * A `UserError` for the first thing that a schema found, at the nearest node that there is.
 *
 * `above` are the keys that lead from the root of the file to what was checked.
 */
export const invalid = (
  error: z.ZodError,
  node: Node,
  placeOf: (node: Node) => Place,
  above: readonly (string | number)[] = [],
): UserError => {
  const [issue] = error.issues
  const keys = (issue?.path ?? []).filter((key) => typeof key !== 'symbol')
  let nearest = node
  for (const key of keys) {
    const next = member(nearest, key)
    if (next === undefined) break
    nearest = next
  }
  const [first] = above.length === 0 ? keys : []
  const name = [...above, ...keys]
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '')
  return new UserError({
    problem: `the contract's "${name === '' ? 'root' : name}" is not valid`,
    place: placeOf(nearest),
    expected: (issue?.message ?? 'something else').replace(/^Invalid input: expected /, ''),
    fix:
      fixes[String(first)] ??
      'mend it at that place, or run the consumer tests that write the contract again',
  })
}
