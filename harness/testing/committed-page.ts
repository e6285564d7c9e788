import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { expect } from 'vitest'

const root = join(import.meta.dirname, '../..')

/**
 * Expects a file of the repository to be just this text, formatted as all files are. With
 * PROOFBOOK_REWRITE=1 it is written instead.
 *
 * @example
 * await expectCommitted('docs/configuration.md', configReference(configSchema))
 */
export const expectCommitted = async (file: string, text: string): Promise<void> => {
  const path = join(root, file)
  const formatted = await format(text, { ...(await resolveConfig(path)), filepath: path })
  if (process.env['PROOFBOOK_REWRITE'] === '1') await writeFile(path, formatted)
  const committed = await readFile(path, 'utf8').catch(() => '')
  expect(committed, `${file} is stale: run this test with PROOFBOOK_REWRITE=1`).toBe(formatted)
}
