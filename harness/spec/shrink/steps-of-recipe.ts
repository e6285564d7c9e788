import type { Recipe, RecipeRequest } from '../../model/recipe.ts'
import type { Intent, Operation, RecipeStep } from '../types.ts'
import { intentOf } from './purpose.ts'

const bytesOf = (body: NonNullable<RecipeRequest['body']>): Uint8Array =>
  typeof body === 'string'
    ? new TextEncoder().encode(body)
    : new Uint8Array(Buffer.from(body.base64, 'base64'))

/**
 * A recipe that was kept, as steps that can be sent; `undefined` where the document has no place any
 * more for what its last request was sent for.
 */
export const stepsOfRecipe = (
  { requests, purpose }: Recipe,
  operation: Operation,
): readonly RecipeStep[] | undefined => {
  const intent = intentOf(purpose, operation)
  if (intent === undefined) return undefined
  const aside: Intent = { kind: 'aside' }
  return requests.map(
    ({ method, target, headers, body, credentials, takes }, index): RecipeStep => {
      const isLast = index === requests.length - 1
      return {
        planned: {
          name: isLast ? 'as it was accepted' : 'before it',
          method,
          target,
          basePath: operation.basePath,
          headers,
          ...(body === undefined ? {} : { body: bytesOf(body) }),
          credentials,
          intent: isLast ? intent : aside,
          ...(isLast ? { operation } : {}),
        },
        takes,
      }
    },
  )
}
