import { createHash } from 'node:crypto'
import type { Contract } from '../contract/contract.ts'
import { planContract } from '../contract/plan/plan.ts'
import { counted } from '../model/counted.ts'
import { isJudged } from '../model/verdict.ts'
import type { InteractionResult } from './run-results.ts'

/** One interaction of a contract, with what a run says of it. */
interface Asked {
  readonly description: string
  /** The broker's own id of the interaction, where the contract came from there. */
  readonly brokersId: string | undefined
  readonly result: InteractionResult | undefined
}

/** What all interactions of a contract came to, or why nothing can be said of the whole. */
export type Merged =
  | { readonly success: boolean; readonly interactions: readonly Required<Judged>[] }
  | { readonly incomplete: string }

interface Judged {
  readonly description: string
  readonly brokersId: string | undefined
  readonly result: InteractionResult
}

/** The SHA-256 of a contract's text: what was judged must be what is spoken of. */
export const digestOf = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

const brokersIdOf = (source: string): string | undefined => {
  const id: unknown = Reflect.get(Object(JSON.parse(source)), '_id')
  return typeof id === 'string' ? id : undefined
}

const incompleteness = (asked: readonly Asked[], digest: string): string | undefined => {
  const absent = asked.filter(({ result }) => result === undefined)
  const of = `of ${counted(asked.length, 'interaction')}`
  if (absent.length > 0) return `${absent.length} ${of} did not run`
  const other = asked.filter(({ result }) => result?.digest !== digest)
  if (other.length > 0)
    return 'the contract is not the one that was replayed: it changed since, or shards had different ones'
  const unjudged = asked.filter(({ result }) => result !== undefined && !isJudged(result.verdict))
  if (unjudged.length === 0) return undefined
  const verdicts = [...new Set(unjudged.map(({ result }) => result?.verdict))].join(', ')
  return `${unjudged.length} ${of} came to no judgement (${verdicts})`
}

/**
 * What a run says of a contract as a whole: success only where every interaction was verified, and
 * nothing at all where one was not judged. Pure.
 *
 * `digest` is that of the contract's text as it is now; `results` are those of the run, of all
 * contracts.
 *
 * @example
 * mergedVerdicts(contract, digestOf(text), results) // { success: true, interactions: […] }
 */
export const mergedVerdicts = (
  contract: Contract,
  digest: string,
  results: readonly InteractionResult[],
): Merged => {
  const ofFile = results.filter(({ file }) => file === contract.file)
  const own = new Map(ofFile.map((result) => [result.id, result]))
  const integration = ofFile[0]?.integration ?? ''
  const asked = planContract(contract, { integration }).map(({ id, detail }) => ({
    description: detail.interaction.description,
    brokersId: brokersIdOf(detail.interaction.source),
    result: own.get(id),
  }))
  const incomplete = incompleteness(asked, digest)
  if (incomplete !== undefined) return { incomplete }
  const interactions = asked.flatMap(({ result, ...rest }) =>
    result === undefined ? [] : [{ ...rest, result }],
  )
  return {
    success: interactions.every(({ result }) => result.verdict === 'verified'),
    interactions,
  }
}
