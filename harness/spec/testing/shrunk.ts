import type { RequestListener } from 'node:http'
import type { Finding } from '../../model/finding.ts'
import { judgeOperation } from '../judge/judge-operation.ts'
import type { JsonObject } from '../json.ts'
import { planSpec } from '../plan/plan-spec.ts'
import { replayOperation } from '../replay/replay-operation.ts'
import { replayRecipe } from '../replay/replay-recipe.ts'
import { shrink } from '../shrink/shrink.ts'
import type { Technique } from '../types.ts'
import { specFrom } from './document.ts'
import { tinyProvider } from './provider.ts'
import { tinyWorld } from './world.ts'

/** A finding of a document's operation, made small; each try gets a provider of its own. */
export const shrunk = async (
  document: JsonObject,
  fresh: () => RequestListener,
  wanted: { readonly code: string; readonly subject: string; readonly technique: Technique },
): Promise<{ readonly first: Finding; readonly small: Finding; readonly tries: number }> => {
  const { code, subject, technique } = wanted
  const spec = await specFrom(document)
  const context = { integration: 'things', credentials: [], seed: 1, techniques: [technique] }
  for (const testCase of planSpec(spec, context)) {
    await using provider = await tinyProvider(fresh())
    const seen = await replayOperation(testCase, tinyWorld(provider.url))
    const { findings } = await judgeOperation(testCase, seen)
    const first = findings.find((one) => one.code === code && one.subject === subject)
    if (first === undefined) continue
    let tries = 0
    const small = await shrink(testCase, seen, first, {
      judge: judgeOperation,
      replay: async (steps) => {
        tries += 1
        await using own = await tinyProvider(fresh())
        return await replayRecipe(testCase.detail.operation, steps, tinyWorld(own.url))
      },
    })
    return { first, small, tries }
  }
  throw new Error(`No case finds ${code} of ${subject}.`)
}
