import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ValidConfig } from '../config/schema.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { discover } from './roots.ts'
import { unusableFiles, missingFiles } from './set-up-problems.ts'

const config = (integration = {}): ValidConfig => ({
  integrations: { orders: { provider: { start: { url: 'http://127.0.0.1:1' } }, ...integration } },
})

const contract = JSON.stringify({
  consumer: { name: 'web' },
  provider: { name: 'orders' },
  interactions: [],
})

test('only roots are tests; what is none is named as ignored', async () => {
  await using folder = await temporaryFolder({
    'contracts/web.json': contract,
    'contracts/notes.json': '{ "hello": 1 }',
    'specs/orders.yaml': 'openapi: 3.1.0\n',
    'specs/legacy.json': '{ "swagger": "2.0" }',
    'specs/parts/order.yaml': 'type: object\n',
    'guides/orders.md': '---\nintegration: orders\n---\n# Orders\n',
    'guides/unbound.md': '# Something\n',
  })
  const { roots, ignored } = await discover(folder.path, config())
  expect(roots).toEqual([
    { kind: 'contract', file: 'contracts/web.json' },
    { kind: 'spec', file: 'specs/legacy.json' },
    { kind: 'spec', file: 'specs/orders.yaml' },
    { kind: 'guide', file: 'guides/orders.md' },
  ])
  expect(ignored).toEqual(['contracts/notes.json', 'specs/parts/order.yaml', 'guides/unbound.md'])
})

test('a contract that is no JSON is a root, so that it is red and not ignored', async () => {
  await using folder = await temporaryFolder({ 'contracts/broken.json': '{ "consumer": ' })
  expect((await discover(folder.path, config())).roots).toEqual([
    { kind: 'contract', file: 'contracts/broken.json' },
  ])
})

test('what is no file is a problem of the set-up: links to nothing, and devices', async () => {
  await using folder = await temporaryFolder({ 'contracts/web.json': contract })
  await symlink('gone.json', join(folder.path, 'contracts/moved.json'))
  await symlink('/dev/zero', join(folder.path, 'contracts/endless.json'))
  const discovered = await discover(folder.path, config())
  expect(discovered.roots).toHaveLength(1)
  expect(unusableFiles(discovered).map((problem) => problem.split('\n')[0])).toEqual([
    'contracts/endless.json: this is a pipe, socket or device',
    'contracts/moved.json: this is a link to nothing',
  ])
})

test('a page without front matter is bound by the config', async () => {
  await using folder = await temporaryFolder({ 'wiki/old.md': '# Old\n' })
  expect((await discover(folder.path, config({ guides: 'wiki/*.md' }))).roots).toEqual([
    { kind: 'guide', file: 'wiki/old.md' },
  ])
})

test.each([
  ['contracts', { contracts: 'contracts/*-orders.json' }],
  ['spec', { spec: 'specs/orders.yaml' }],
  ['guides', { guides: ['guides/*.md'] }],
])(
  'an integration whose %s name nothing is a problem of the set-up',
  async (field, integration) => {
    await using folder = await temporaryFolder()
    const loaded = {
      root: folder.path,
      file: `${folder.path}/proofbook.config.ts`,
      config: config(integration),
    }
    const problems = missingFiles(loaded, await discover(folder.path, loaded.config))
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`proofbook.config.ts: integrations.orders.${field} names`)
  },
)

test('an integration whose globs name something is none', async () => {
  await using folder = await temporaryFolder({ 'contracts/web-orders.json': contract })
  const loaded = {
    root: folder.path,
    file: `${folder.path}/proofbook.config.ts`,
    config: config({ contracts: 'contracts/*-orders.json' }),
  }
  expect(missingFiles(loaded, await discover(folder.path, loaded.config))).toEqual([])
})
