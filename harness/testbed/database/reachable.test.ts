import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { serverIdentity } from './identity.ts'
import { allows, isReachable } from './reachable.ts'

const nobody = { uid: 65534, gid: 65534 }

describe('allows', () => {
  test.each([
    ['the owner', { mode: 0o700, uid: 65534, gid: 0 }, true],
    ['the group', { mode: 0o710, uid: 0, gid: 65534 }, true],
    ['anybody', { mode: 0o701, uid: 0, gid: 0 }, true],
    ['nobody else', { mode: 0o770, uid: 0, gid: 0 }, false],
    ['not the owner, whatever others may', { mode: 0o077, uid: 65534, gid: 0 }, false],
  ])('%s', (_, stats, allowed) => {
    expect(allows(stats, nobody, 1)).toBe(allowed)
  })
})

describe('isReachable', () => {
  test('depends on every folder on the way', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'proofbook-reach-'))
    const file = join(folder, 'file')
    await writeFile(file, '', { mode: 0o644 })
    await chmod(folder, 0o700)
    expect(await isReachable(file, nobody)).toBe(false)
    await chmod(folder, 0o711)
    expect(await isReachable(file, nobody)).toBe(true)
    await chmod(file, 0o600)
    expect(await isReachable(file, nobody)).toBe(false)
    await rm(folder, { recursive: true })
  })
})

describe('serverIdentity', () => {
  test('is nobody for root, and ourselves for anybody else', () => {
    expect(serverIdentity(0)).toEqual(nobody)
    expect(serverIdentity(1000)).toBeUndefined()
  })
})
