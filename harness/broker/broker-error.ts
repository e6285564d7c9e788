import { UserError, type UserErrorParts } from '../model/user-error.ts'

/**
 * What a broker did not do. `refused`: it understood and said no, so that saying it again changes
 * nothing; anything else (it was down, slow, or no broker at all) may go better later. `status` is
 * that of its answer, where there was one.
 *
 * @example
 * throw new BrokerError({ problem: 'the broker did not answer' }, { refused: false })
 */
export class BrokerError extends UserError {
  readonly refused: boolean
  readonly status: number | undefined

  constructor(
    parts: UserErrorParts,
    { refused, status }: { readonly refused: boolean; readonly status?: number },
  ) {
    super(parts)
    this.refused = refused
    this.status = status
  }
}
