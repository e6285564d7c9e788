import { describe, expect, test } from 'vitest'
import { reachOf, type Surroundings } from './engine.ts'

const local: Surroundings = {
  address: { socketPath: '/run/docker.sock' },
  operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  gateway: '172.17.0.1',
  isOurs: true,
  platform: 'linux',
  contained: false,
  override: undefined,
}
const reach = (more: Partial<Surroundings>) => reachOf({ ...local, ...more })

describe('links of containers', () => {
  test('listen on the gateway of a bridge of this machine', () => {
    expect(reach({})).toEqual({
      host: '127.0.0.1',
      publishOn: '127.0.0.1',
      links: { listen: '172.17.0.1', host: 'host.docker.internal' },
      bridged: true,
    })
  })

  test('also where this machine looks like a container itself', () => {
    expect(reach({ contained: true })).toEqual(reach({}))
  })

  test.each([
    ['Docker Desktop on Linux', { operatingSystem: 'Docker Desktop' }],
    ['an engine in a virtual machine', { platform: 'darwin' }],
  ])('listen on the loopback address with %s', (_, more) => {
    expect(reach(more)).toMatchObject({
      publishOn: '127.0.0.1',
      links: { listen: '127.0.0.1', host: 'host.docker.internal' },
      bridged: false,
    })
  })

  test('cannot be reached from another machine', () => {
    const seen = reach({ address: { host: 'build-7', port: 2376 } })
    expect(seen).toMatchObject({
      host: 'build-7',
      links: { blocked: expect.stringContaining('another machine, build-7') },
    })
    expect(seen.publishOn).toBeUndefined()
  })

  test('are local over a loopback port', () => {
    expect(reach({ address: { host: '127.0.0.1', port: 2375 } })).toEqual(reach({}))
  })

  test('cannot be reached where the bridge is not ours: inside of a container, and rootless', () => {
    expect(reach({ isOurs: false, contained: true })).toMatchObject({
      host: '172.17.0.1',
      links: { blocked: expect.stringContaining('172.17.0.1, is no address of this machine') },
    })
    expect(reach({ isOurs: false })).toMatchObject({ host: '127.0.0.1', publishOn: '127.0.0.1' })
  })
})

test('where ports are found is what the person says', () => {
  expect(reach({ override: '10.0.0.9', isOurs: false })).toMatchObject({ host: '10.0.0.9' })
})
