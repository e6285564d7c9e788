import type { Proof } from '../attempt.ts'
import { judgeOperation } from '../spec/judge/judge-operation.ts'
import { replayOperation } from '../spec/replay/replay-operation.ts'
import { replayRecipe } from '../spec/replay/replay-recipe.ts'
import { shrink } from '../spec/shrink/shrink.ts'
import type { OperationDetail, OperationSeen } from '../spec/types.ts'

type OperationProof = Proof<OperationDetail, OperationSeen>

/** How a case of a spec is replayed, judged, and shown by less. */
export const operationProof: OperationProof & Required<Pick<OperationProof, 'shrink'>> = {
  replay: replayOperation,
  judge: judgeOperation,
  shrink: (testCase, seen, finding, again) =>
    shrink(testCase, seen, finding, {
      judge: judgeOperation,
      replay: (steps) => again((world) => replayRecipe(testCase.detail.operation, steps, world)),
    }),
}
