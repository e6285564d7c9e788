import type { Credential } from '../../model/credential.ts'
import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'
import type { Interaction } from '../contract.ts'
import { at, parsedJson } from '../json-text.ts'
import { handlerOf, type StateHandlers } from '../states.ts'

const refusals: ReadonlySet<unknown> = new Set([401, 403])

/**
 * The credential that an interaction's recorded one is replaced by: the one that its state handler
 * names (of several states the last that names one), else the first that works. Where the contract
 * expects 401 or 403 and no handler names one, the recorded one stays: `undefined`.
 *
 * Throws a `UserError` for a name that the config does not have.
 *
 * @example
 * credentialFor(interaction, handlers, world.credentials)?.name // 'admin'
 */
export const credentialFor = (
  interaction: Pick<Interaction, 'states' | 'source'>,
  handlers: StateHandlers | undefined,
  credentials: readonly Credential[],
): Credential | undefined => {
  const naming = interaction.states.findLast(
    ({ name }) => handlerOf(handlers, name)?.credential !== undefined,
  )
  const name = naming === undefined ? undefined : handlerOf(handlers, naming.name)?.credential
  if (naming !== undefined && name !== undefined) {
    const named = credentials.find((credential) => credential.name === name)
    if (named !== undefined) return named
    const known = credentials.map((credential) => credential.name)
    const meant = nearest(name, known)
    throw new UserError({
      problem: `the handler of the state ${JSON.stringify(naming.name)} names the credential "${name}", which the config does not have`,
      place: naming.place,
      expected:
        known.length === 0
          ? 'no name: the config has no credentials'
          : `one of ${known.join(', ')}`,
      fix: meant === undefined ? `add "${name}" to credentials in the config` : `write "${meant}"`,
    })
  }
  const status: unknown = at(parsedJson(interaction.source).root, 'response', 'status')?.value
  if (refusals.has(status)) return undefined
  return credentials.find(({ rejected }) => rejected === undefined)
}
