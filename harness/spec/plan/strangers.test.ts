import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { Credential } from '../../model/credential.ts'
import { goodOrder, inJson, orderDocument } from '../testing/document.ts'
import { prove } from '../testing/prove.ts'
import { strangersFor } from './strangers.ts'

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

const known = (text: string): readonly Credential[] => [
  { name: 'clerk', fields: [{ in: 'header', name: 'Authorization', value: basic(text) }] },
]

const schemes = { basic: { name: 'basic', type: 'http', scheme: 'basic' } } as const
const asked = [[{ scheme: 'basic', scopes: [] }]]

const impostors = (text: string, isOurs = true): readonly string[] =>
  strangersFor(asked, known(text), schemes, isOurs)
    .filter(({ words }) => words === 'with another password')
    .map(({ fields }) => fields[0]?.value ?? '')

describe('somebody who is known, with another password', () => {
  test('is sent under the name of the credential', () => {
    expect(impostors('clerk:night-shift')).toEqual([basic('clerk:proofbook')])
  })

  test.each(['sk4f9a01c2d3e4f5:whatever', 'clerk:x', 'clerk:', ':night-shift'])(
    'is nobody where %j may be a key and not a name',
    (text) => {
      expect(impostors(text)).toEqual([])
    },
  )

  test('is not sent to a provider of others, which may lock the name', () => {
    expect(impostors('clerk:night-shift', false)).toEqual([])
  })

  const document = orderDocument(
    { '200': inJson({ $ref: '#/components/schemas/Order' }), '401': inJson({}), '404': inJson({}) },
    { security: [{ basic: [] }] },
  )
  const guarded =
    (isLetIn: (text: string) => boolean): RequestListener =>
    (request, response) => {
      const given = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      const isIn = isLetIn(Buffer.from(given, 'base64').toString())
      response.writeHead(isIn ? 200 : 401, {
        'content-type': 'application/json',
        ...(isIn ? {} : { 'www-authenticate': 'Basic realm="orders"' }),
      })
      response.end(JSON.stringify(isIn ? goodOrder : {}))
    }
  const codesOf = async (isLetIn: (text: string) => boolean): Promise<readonly string[]> => {
    const options = {
      techniques: ['credentials'],
      credentials: known('clerk:night-shift'),
    } as const
    return (await prove(document, guarded(isLetIn), options)).codes
  }

  test('is let in by nobody who looks at the password', async () => {
    expect(await codesOf((text) => text.startsWith('clerk:'))).toEqual(['credential-ignored'])
    expect(await codesOf((text) => text === 'clerk:night-shift')).toEqual([])
  })
})
