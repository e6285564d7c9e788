import type { ShownRequest } from '../../model/recipe.ts'
import type { World } from '../../testbed/world.ts'
import type { Operation, OperationSeen, RecipeSeen, RecipeStep } from '../types.ts'
import { completeRequest, openAsker } from './ask.ts'
import { filled, takenFrom } from './filled.ts'

/**
 * Sends the requests of a recipe to the provider of one fresh testbed, each with what earlier answers
 * gave. Ends where an answer lacks what a later request needs: what was to be seen is not seen then.
 * Throws `Blocked` where there is no testbed.
 */
export const replayRecipe = async (
  operation: Operation,
  steps: readonly RecipeStep[],
  world: World,
): Promise<RecipeSeen> => {
  await using testbed = await world.lease()
  using asker = openAsker(testbed, world, operation)
  const { providerUrl } = testbed.description
  const bindings = new Map<string, string | number>()
  const exchanges: OperationSeen['exchanges'][number][] = []
  const shown = steps.map(({ planned, takes }): ShownRequest => ({
    request: completeRequest(planned, providerUrl, world.credentials),
    takes,
  }))
  for (const { planned, takes } of steps) {
    const request = filled(planned, bindings)
    const exchange = await asker.ask(request)
    exchanges.push({ planned: request, exchange })
    for (const { name, from } of takes) {
      const value = takenFrom(exchange, from)
      if (value === undefined) return { exchanges, shown }
      bindings.set(name, value)
    }
  }
  return { exchanges, shown }
}
