import { describe, expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { fakeEngine, type FakeEngine } from '../testing/fake-engine.ts'
import { chooseRuntime } from './choose-runtime.ts'

const none = { DOCKER_HOST: 'unix:///nowhere/docker.sock', HOME: '/nowhere' }
const reason = 'DOCKER_HOST, unix:///nowhere/docker.sock: there is no such socket'

const engine = (): Promise<FakeEngine> =>
  fakeEngine((_, url) => ({
    status: 200,
    body: url.pathname === '/info' ? { ServerVersion: '28.2.2', OperatingSystem: 'Linux' } : {},
  }))

const environmentOf = ({ socketPath }: FakeEngine) => ({
  DOCKER_HOST: `unix://${socketPath}`,
  HOME: '/nowhere',
})

describe('auto', () => {
  test('takes containers where an engine answers, and says which', async () => {
    await using fake = await engine()
    const { runtime, notices } = await chooseRuntime(undefined, environmentOf(fake))
    expect(runtime).toMatchObject({ kind: 'containers', engine: { versionText: 'Docker 28.2.2' } })
    expect(notices).toEqual([
      `runtime   containers: Docker 28.2.2 answers at unix://${fake.socketPath} (DOCKER_HOST)`,
    ])
  })

  test('takes processes where none does, and says why', async () => {
    const { runtime, notices } = await chooseRuntime('auto', none)
    expect(runtime.kind).toBe('processes')
    expect(notices).toEqual([`runtime   processes: no container engine answers (${reason})`])
  })
})

describe('what is asked for by name', () => {
  test('containers without an engine is one error with the reasons and the fix', async () => {
    const choosing = chooseRuntime('containers', none)
    await expect(choosing).rejects.toThrow(UserError)
    await expect(choosing).rejects.toThrow(
      'proofbook.config.ts asks for the runtime "containers", and no container engine answers.\n' +
        `  expected: an engine that answers within 2 s; ${reason}\n` +
        '  fix: start Docker, or set DOCKER_HOST to an engine that runs, or take the runtime "processes" or "auto"',
    )
  })

  test('processes is taken without asking, and nothing is said', async () => {
    await using fake = await engine()
    const { runtime, notices } = await chooseRuntime('processes', environmentOf(fake))
    expect([runtime.kind, notices, fake.asked]).toEqual(['processes', [], []])
  })

  test('PROOFBOOK_RUNTIME wins over the config', async () => {
    const environment = { ...none, PROOFBOOK_RUNTIME: 'processes' }
    expect((await chooseRuntime('containers', environment)).runtime).toEqual({
      kind: 'processes',
      reason: 'PROOFBOOK_RUNTIME says so',
    })
  })

  test('PROOFBOOK_RUNTIME that is no runtime is a mistake', async () => {
    await expect(chooseRuntime('auto', { PROOFBOOK_RUNTIME: 'podman' })).rejects.toThrow(
      'PROOFBOOK_RUNTIME is "podman", which is no runtime.\n  expected: one of auto, processes, containers',
    )
  })
})
