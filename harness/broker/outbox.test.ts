import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { keepInOutbox, readOutbox, removeFromOutbox, type Parcel } from './outbox.ts'

const parcel: Parcel = {
  kind: 'contracts',
  body: {
    contracts: [],
    pacticipantName: 'web/../../x',
    pacticipantVersionNumber: '1',
    branch: 'main',
  },
}

test('what waits is kept once, read back, and gone when it was published', async () => {
  await using folder = await temporaryFolder()
  const path = await keepInOutbox(folder.path, parcel)
  expect(path).toMatch(/^\.proofbook\/outbox\/contracts-[0-9a-f]{12}\.json$/)
  expect(await keepInOutbox(folder.path, parcel)).toBe(path)
  const [read, ...others] = await readOutbox(folder.path)
  expect(read).toEqual(parcel)
  expect(others).toEqual([])
  await removeFromOutbox(folder.path, read ?? parcel)
  expect(await readdir(join(folder.path, '.proofbook/outbox'))).toEqual([])
})

test('a file that is none of ours is named', async () => {
  await using folder = await temporaryFolder({ '.proofbook/outbox/mine.json': '{}' })
  await expect(readOutbox(folder.path)).rejects.toThrow(
    '.proofbook/outbox/mine.json: this is nothing that Proofbook keeps here',
  )
})
