import type { Operation, Spec } from '../../spec/types.ts'
import { matchOperation } from '../match-operation.ts'
import type { StubPaths, StubRequest } from './stub-request.ts'

/** What a parameter of a path may look like, for patterns that narrow it. */
const parameterValues = ['1', 'a', 'abc', 'A-1', '12345678', '01890a5d-ac96-774b-bcce-b302099a8057']

/** A path that no spec has: who takes it takes everything. */
const nowhere = '/~nowhere~/~at~/~all~'

/** Whether a stub answers whatever is asked, so that it is about no operation. */
export const isCatchAll = ({ paths }: Pick<StubRequest, 'paths'>): boolean =>
  paths === undefined || paths.takes(nowhere)

const isTaken = ({ path, basePath }: Operation, paths: StubPaths): boolean =>
  parameterValues.some((value) => {
    const filled = path.replaceAll(/\{[^{}]*\}/g, value)
    return paths.takes(filled) || paths.takes(basePath + filled)
  })

/**
 * The operations of a spec that a stub may stand in for. Of a path that is written out it is the one
 * that fits best; a pattern may take several.
 */
export const operationsOfStub = (
  { method, paths }: StubRequest,
  spec: Pick<Spec, 'operations'>,
): readonly Operation[] => {
  const methods = method === undefined ? spec.operations.map((one) => one.method) : [method]
  const matched = [...new Set(methods)].flatMap((one) =>
    (paths?.samples ?? []).flatMap((path) => matchOperation(spec, one, path) ?? []),
  )
  const isExact = paths?.samples?.length === 1
  const taken =
    paths === undefined || isExact
      ? []
      : spec.operations.filter(
          (one) => (method === undefined || one.method === method) && isTaken(one, paths),
        )
  return [...new Set([...matched, ...taken])]
}
