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

/**
 * Bodies as text where they are text, else as base64 that says so. The holder is asked, because a
 * Buffer has turned itself into a list of numbers, which no mask would find a secret in, before a
 * replacer sees it.
 */
function readable(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = Reflect.get(Object(this), key)
  if (!(original instanceof Uint8Array)) return value
  return isText(original)
    ? new TextDecoder().decode(original)
    : { base64: Buffer.from(original).toString('base64') }
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
