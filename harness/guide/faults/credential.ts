import { randomBytes } from 'node:crypto'
import { secretsOf } from '../../config/credentials.ts'
import type { Credential } from '../../model/credential.ts'
import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'
import type { FaultKind } from './fault-kind.ts'
import { parseVariant, type VariantWords } from './named-variant.ts'
import { putAbove } from './stub/stub-variant.ts'
import { wiremockAdmin, type Mapping } from './stub/wiremock-admin.ts'

type State = 'rotated' | 'expired' | 'revoked' | 'too-weak'

/** The key that the provider shows to an upstream is not good any more. */
export interface CredentialFault {
  readonly kind: 'credential'
  readonly name: string
  readonly state: State
}

/** RFC 6750, 3.1: 401 invalid_token for a key that is not good, 403 insufficient_scope for a weak one. */
const answers: Readonly<Record<State, { readonly status: number; readonly error: string }>> = {
  rotated: { status: 401, error: 'error="invalid_token", error_description="unknown key"' },
  expired: { status: 401, error: 'error="invalid_token", error_description="the key expired"' },
  revoked: { status: 401, error: 'error="invalid_token", error_description="the key was revoked"' },
  'too-weak': { status: 403, error: 'error="insufficient_scope"' },
}

const variants = (Object.keys(answers) as State[]).map((state): VariantWords<State> => {
  const words = state.replace('-', ' ')
  return { words, parse: (text) => (text.toLowerCase() === words ? state : undefined) }
})

const places = { header: 'headers', query: 'queryParameters', cookie: 'cookies' } as const

/** The part of a mapping by which WireMock knows a request that shows a credential. */
const showing = ({ fields }: Credential): Readonly<Record<string, unknown>> => {
  const request: Record<string, Record<string, unknown>> = {}
  for (const { in: place, name, value } of fields)
    request[places[place]] = { ...request[places[place]], [name]: { equalTo: value } }
  return { method: 'ANY', urlPattern: '.*', ...request }
}

const replaced = (mapping: Mapping, from: string, to: string): Mapping =>
  JSON.parse(JSON.stringify(mapping).replaceAll(from, to)) as Mapping

/** The variable that tells the new key to the solution: `NEW_PAYMENTS_KEY` for `payments-key`. */
const variableOf = (name: string): string =>
  `NEW_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')}`

/**
 * ``credential `NAME`, rotated``: the stub that checks it refuses the key that the provider has and
 * takes a new one, which the solution finds in its environment.
 */
export const credentialFault: FaultKind<CredentialFault> = {
  kind: 'credential',
  words: variants.map(({ words }) => `credential \`NAME\`, ${words}`),
  runtimes: 'wherever a stub of the testbed checks the credential',
  parse: (text) => {
    const parsed = parseVariant<State>('credential', text, variants)
    if ('problem' in parsed) return parsed
    const { name, variant } = parsed.fault
    return { fault: { kind: 'credential', name, state: variant } }
  },
  put: async (testbed, { name, state }, { keys }) => {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (key === undefined) {
      const known = Object.keys(keys)
      const meant = nearest(name, known)
      throw new UserError({
        problem: `no stub checks a credential "${name}"`,
        expected:
          known.length === 0
            ? `wiremock({ …, credential: '${name}' }) in the config, and ${name} among its credentials`
            : `one of ${known.join(', ')}`,
        ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
      })
    }
    const credential = key.shown()
    const [old = ''] = secretsOf([credential])
    const fresh = `new-${randomBytes(12).toString('hex')}`
    const admin = wiremockAdmin(testbed.stub(key.stub).url)
    // Where the stub's own mappings name the old key, they name the new one from now on.
    const before = (await admin.mappings()).filter((mapping) =>
      JSON.stringify(mapping).includes(old),
    )
    for (const mapping of before) await admin.put(replaced(mapping, old, fresh))
    const { status, error } = answers[state]
    const guard = await putAbove(admin, [
      {
        request: showing(credential),
        response: { status, headers: { 'WWW-Authenticate': `Bearer ${error}` } },
      },
    ])
    return {
      firstBite: () => guard.firstBite(),
      lift: async () => {
        await guard.lift()
        for (const mapping of before) await admin.put(mapping)
      },
      environment: { [variableOf(name)]: fresh },
    }
  },
}
