import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Evidence } from '../model/evidence.ts'

/** Where evidence lies, relative to the project's root. */
export const evidenceFolder = '.proofbook/evidence'

const isText = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** Bodies as text where they are text, else as base64 that says so. */
const readable = (_key: string, value: unknown): unknown => {
  if (!(value instanceof Uint8Array)) return value
  return isText(value)
    ? new TextDecoder().decode(value)
    : { base64: Buffer.from(value).toString('base64') }
}

/**
 * Writes the evidence of one case, masked, and returns its path relative to the root. The file is
 * put in place whole, so that a reader never meets half of one.
 */
export const writeEvidence = async (
  root: string,
  evidence: Evidence,
  mask: (text: string) => string,
): Promise<string> => {
  const path = `${evidenceFolder}/${evidence.testCase.id}.json`
  await mkdir(join(root, evidenceFolder), { recursive: true })
  const draft = join(root, `${path}.${process.pid}.part`)
  await writeFile(draft, `${mask(JSON.stringify(evidence, readable, 2))}\n`)
  await rename(draft, join(root, path))
  return path
}
