import { describe, expect, test } from 'vitest'
import { Blocked, UserError } from '../../model/user-error.ts'
import { basicEnvironment, providerEnvironment } from './environment.ts'

const inherited = { PATH: '/bin', HOME: '/home/u', AWS_SECRET: 'x', TOKEN: 's3cret', EMPTY: '' }
const where = 'integrations.orders.provider.environment'
const values = { port: '4000', 'database.url': 'postgres://h/d' }
const options = { values, inherited, where }

describe('providerEnvironment', () => {
  test('nothing is inherited but what a program needs to start', () => {
    expect(providerEnvironment(undefined, options)).toEqual({ PATH: '/bin', HOME: '/home/u' })
  })

  test('placeholders are filled and secrets read', () => {
    const configured = { URL: '{database.url}', TOKEN_OF_OURS: { env: 'TOKEN' } }
    expect(providerEnvironment(configured, options)).toMatchObject({
      URL: 'postgres://h/d',
      TOKEN_OF_OURS: 's3cret',
    })
  })

  test('what the case changes wins, and stands as it is', () => {
    const changes = { LIMIT: '{port}', PATH: '/other' }
    expect(providerEnvironment({ LIMIT: '1' }, { ...options, changes })).toMatchObject(changes)
  })

  test('an empty secret is set; a missing one blocks and is named, with the setting', () => {
    expect(providerEnvironment({ A: { env: 'EMPTY' } }, options)).toMatchObject({ A: '' })
    const missing = (): unknown => providerEnvironment({ A: { env: 'NOT_THERE' } }, options)
    expect(missing).toThrow(Blocked)
    expect(missing).toThrow(
      'The environment variable NOT_THERE, which integrations.orders.provider.environment.A asks for, is not set.',
    )
    expect(missing).toThrow('fix: set NOT_THERE where Proofbook is started')
  })

  test('a mistyped placeholder names the setting', () => {
    const url = '{databse.url}'
    const mistyped = (): unknown => providerEnvironment({ URL: url }, options)
    expect(mistyped).toThrow(UserError)
    expect(mistyped).toThrow(`in ${where}.URL.`)
  })
})

describe('basicEnvironment', () => {
  test('more is inherited where it is named', () => {
    expect(basicEnvironment(inherited, ['TOKEN', 'NOT_THERE'])).toEqual({
      PATH: '/bin',
      HOME: '/home/u',
      TOKEN: 's3cret',
    })
  })
})
