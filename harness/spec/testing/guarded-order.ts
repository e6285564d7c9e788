import type { RequestListener } from 'node:http'
import type { Credential } from '../../model/credential.ts'
import { goodOrder, inJson, orderDocument } from './document.ts'

/** How a guarded order behaves, where it is otherwise than its document says. */
export interface GuardFaults {
  /** Whether a token is let in; `undefined` stands for none. */
  readonly isLetIn?: (token: string | undefined) => boolean
  /** The status of who has no token. */
  readonly status?: number
  /** Looks for the order before it asks who is there. */
  readonly isLate?: boolean
  readonly challenge?: string | undefined
}

const responses = {
  '200': inJson({ $ref: '#/components/schemas/Order' }),
  '401': inJson({}),
  '403': inJson({}),
  '404': inJson({}),
}

const listener =
  (faults: GuardFaults): RequestListener =>
  (request, response) => {
    const { isLetIn = (token) => token === 'good', status = 401, isLate = false } = faults
    const challenge = 'challenge' in faults ? faults.challenge : 'Bearer'
    const answer = (code: number, body: unknown): void => {
      const headers =
        code === 401 && challenge !== undefined ? { 'www-authenticate': challenge } : {}
      response.writeHead(code, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(body))
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
    const isThere = request.url === '/orders/1'
    if (isLate && !isThere) answer(404, {})
    else if (isLetIn(token)) answer(isThere ? 200 : 404, isThere ? goodOrder : {})
    else answer(token === 'small' ? 403 : status, {})
  }

const bearer = (name: string, token: string, more: Partial<Credential> = {}): Credential => ({
  name,
  fields: [{ in: 'header', name: 'Authorization', value: `Bearer ${token}` }],
  ...more,
})

/** Who asks for guarded orders. */
export const askers: readonly Credential[] = [
  bearer('clerk', 'good', { scopes: ['read'] }),
  bearer('guest', 'small', { scopes: [] }),
  bearer('revoked', 'old', { rejected: 401 }),
]

/** An order for which a token with the scope `read` is needed, broken so, and as it should be. */
export const guardedOrder = (faults: GuardFaults) => ({
  document: orderDocument(responses, { security: [{ bearer: ['read'] }] }),
  broken: listener(faults),
  sound: listener({}),
  technique: 'credentials' as const,
  credentials: askers,
})
