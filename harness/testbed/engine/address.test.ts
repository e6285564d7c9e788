import { describe, expect, test } from 'vitest'
import { formatEngineAddress, isEngineAddress, parseEngineAddress } from './address.ts'

describe('an address as DOCKER_HOST holds it', () => {
  test.each([
    ['unix:///run/docker.sock', { socketPath: '/run/docker.sock' }],
    ['unix:///run/a%20b.sock', { socketPath: '/run/a b.sock' }],
    ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine' }],
    ['tcp://build-7:2375', { host: 'build-7', port: 2375 }],
    ['tcp://build-7', { host: 'build-7', port: 2375 }],
    ['http://127.0.0.1:9', { host: '127.0.0.1', port: 9 }],
  ])('%s', (text, address) => {
    expect(parseEngineAddress(text, {})).toEqual(address)
  })

  test('goes over TLS where both settings say so', () => {
    const settings = { tlsVerify: '1', certificates: '/certs' }
    const address = { host: 'h', port: 2376, certificates: '/certs' }
    expect(parseEngineAddress('tcp://h', settings)).toEqual(address)
    expect(parseEngineAddress('tcp://h', { certificates: '/certs' })).toEqual({
      host: 'h',
      port: 2375,
    })
  })

  test.each([
    ['ssh://me@build-7', /is not asked over ssh: forward its socket/],
    ['docker', /"docker" is no address/],
    ['ftp://h', /ftp: is no way to an engine/],
  ])('%s is refused with the reason', (text, reason) => {
    expect(parseEngineAddress(text, {})).toMatch(reason)
  })

  test('is written as it was read', () => {
    for (const text of ['unix:///run/d.sock', 'npipe:////./pipe/docker_engine', 'tcp://h:1'])
      expect(formatEngineAddress(parseEngineAddress(text, {}) as { socketPath: string })).toBe(text)
  })
})

test('an address that came from a file is checked', () => {
  expect(isEngineAddress({ socketPath: '/s' })).toBe(true)
  expect(isEngineAddress({ host: 'h', port: 1, certificates: '/c' })).toBe(true)
  for (const wrong of [null, 's', {}, { socketPath: 's' }, { host: 'h' }, { host: 'h', port: '1' }])
    expect(isEngineAddress(wrong)).toBe(false)
})
