import type { Contract, InteractionDetail } from '../contract/contract.ts'
import { crossCheckCase, crossCheckId, judgeCrossCheck } from '../cross-check/case.ts'
import { compare } from '../cross-check/compare.ts'
import { withSpec } from '../cross-check/with-spec.ts'
import type { Judgement } from '../model/finding.ts'
import { UserError } from '../model/user-error.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import type { Spec } from '../spec/types.ts'
import { closed, isChosen, type Planned } from './register.ts'
import type { Run } from './run.ts'

/** The spec, or why it cannot be used. */
const readOrProblem = async (root: string, file: string): Promise<Spec | UserError> => {
  try {
    return await readSpec({ root, file })
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

/** What a contract's spec has to say of it. */
export interface CrossChecked {
  /** The case that holds the contract to the spec; none where it is of another part or was not chosen. */
  readonly planned: readonly Planned<unknown, unknown>[]
  /** Puts what the spec says beside each finding of an interaction. */
  readonly explain: (judgement: Judgement, detail: InteractionDetail) => Judgement
}

const nothing = { disagreements: [], unchecked: [], compared: 0 }
const proof = { replay: () => Promise.resolve(), judge: judgeCrossCheck }

const plannedFor = async (
  contract: Contract,
  integration: string,
  file: string,
  spec: Spec | UserError,
): Promise<Planned<unknown, unknown>> => {
  if (!(spec instanceof UserError))
    return closed(crossCheckCase(contract, integration, file, await compare(contract, spec)), proof)
  const ruling = {
    verdict: 'blocked',
    reason: `${file} cannot be used, so nothing was compared.`,
    fix: `mend it: npx proofbook verify ${file} lists what is wrong`,
  } as const
  return closed({ ...crossCheckCase(contract, integration, file, nothing), ruling }, proof)
}

/**
 * Compares a contract with its integration's spec while its tests are collected, before anything of
 * it is started. No case where there is nothing but messages to compare.
 */
export const crossChecked = async (
  contract: Contract,
  {
    integration,
    file,
    run,
  }: { readonly integration: string; readonly file: string; readonly run: Run },
): Promise<CrossChecked> => {
  const spec = await readOrProblem(run.provided.root, file)
  // All parts of a contract read the spec; one of them compares.
  const asked =
    contract.interactions.some(({ kind }) => kind === 'http') &&
    isChosen(crossCheckId(contract, integration, file), contract.file, run)
  const known = spec instanceof UserError ? undefined : spec
  return {
    planned: asked ? [await plannedFor(contract, integration, file, spec)] : [],
    explain: (judgement, detail) => withSpec(judgement, detail, known),
  }
}
