import { gitState } from '../broker/git.ts'
import { writeRunResults } from '../broker/run-results.ts'
import type { CaseMeta } from './meta.ts'

/**
 * Keeps what the interactions of a run came to. Only those count that were put to the provider: what
 * planning alone rules, such as a state without a handler, says nothing about it.
 */
export const keeper =
  (root: string, shard: string | undefined, url: string | undefined) =>
  async (cases: readonly CaseMeta[]): Promise<void> => {
    if (!cases.some(({ kind }) => kind === 'interaction')) return
    const interactions = cases.flatMap(({ id, integration, verdict, contract, evidence }) =>
      contract === undefined || evidence === undefined
        ? []
        : [{ id, integration, verdict, ...contract }],
    )
    const { commit } = await gitState(root)
    await writeRunResults(root, {
      schemaVersion: 1,
      ...(shard === undefined ? {} : { shard }),
      ...(url === undefined ? {} : { url }),
      ...(commit === undefined ? {} : { commit }),
      interactions,
    })
  }
