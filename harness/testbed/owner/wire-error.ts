import { Blocked, UserError, type UserErrorParts } from '../../model/user-error.ts'

/** An error as it crosses the owner's socket. */
export type WireError =
  | {
      readonly kind: 'UserError'
      readonly parts: UserErrorParts
      readonly others: readonly UserErrorParts[]
    }
  | { readonly kind: 'Blocked'; readonly parts: Blocked['parts'] }
  | { readonly kind: 'Error'; readonly message: string; readonly stack?: string }

/** Takes an error apart, so that nothing of what it tells the user is lost on the way. */
export const toWireError = (error: unknown): WireError => {
  if (error instanceof UserError)
    return { kind: 'UserError', parts: error.parts, others: error.others }
  if (error instanceof Blocked) return { kind: 'Blocked', parts: error.parts }
  if (!(error instanceof Error)) return { kind: 'Error', message: String(error) }
  const { message, stack } = error
  return { kind: 'Error', message, ...(stack === undefined ? {} : { stack }) }
}

/** Puts it together again on the other side. */
export const fromWireError = (wire: WireError): Error => {
  if (wire.kind === 'UserError') return new UserError(wire.parts, wire.others)
  if (wire.kind === 'Blocked') return new Blocked(wire.parts)
  const error = new Error(wire.message)
  if (wire.stack !== undefined) error.stack = wire.stack
  return error
}
