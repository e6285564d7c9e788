import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { lookAtContract, lookAtText } from './contract-look.ts'

test.each([
  ['{"provider":{"name":"orders"},"interactions":[{},{}],"messages":[{}]}', true, 3, 'orders'],
  ['\uFEFF{"messages":[{}]}', true, 1, undefined],
  ['{"consumer":{},"provider":{"name":7}}', true, 0, undefined],
  ['{"interactions": ', true, 0, undefined],
  ['{"openapi":"3.1.0"}', false, 0, undefined],
  ['[]', false, 0, undefined],
  ['null', false, 0, undefined],
])('%s', (text, isContract, cases, provider) => {
  const look = lookAtText(text)
  expect([look.isContract, look.cases, look.provider]).toEqual([isContract, cases, provider])
})

test('a file is looked at anew when it changes', async () => {
  await using folder = await temporaryFolder({ 'a.json': '{"interactions":[{}]}' })
  const path = join(folder.path, 'a.json')
  const first = await lookAtContract(path)
  expect(await lookAtContract(path)).toBe(first)
  await writeFile(path, '{"interactions":[{},{}]}')
  expect((await lookAtContract(path)).cases).toBe(2)
})

test('what cannot be read is taken for a contract, so that it is red', async () => {
  await using folder = await temporaryFolder()
  await symlink('/dev/zero', join(folder.path, 'device.json'))
  for (const name of ['device.json', 'absent.json', '.'])
    expect((await lookAtContract(join(folder.path, name))).isContract).toBe(true)
})
