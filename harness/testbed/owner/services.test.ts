import { expect, test } from 'vitest'
import type { ContainerCustody } from '../containers/containers.ts'
import { openServices } from './services.ts'

const custody: ContainerCustody = {
  runId: '1-a',
  folder: '/',
  spawn: () => Promise.reject(new Error('nothing should be started')),
  registerEngine: () => {
    throw new Error('no engine should be registered')
  },
}

test('where dependencies are processes, a container is blocked with the reason', async () => {
  const services = openServices(custody, {
    root: '/',
    runtime: { kind: 'processes', reason: 'PROOFBOOK_RUNTIME says so' },
    java: {},
    stubsAtOnce: 1,
    inherited: {},
  })
  await expect(services.containers()).rejects.toMatchObject({
    name: 'Blocked',
    message:
      'This needs containers, and dependencies are processes here: PROOFBOOK_RUNTIME says so.\n' +
      '  fix: start Docker and take the runtime "containers" or "auto"',
  })
  expect(await services.close()).toEqual([])
})
