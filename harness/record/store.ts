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
 * What a value is in the evidence: text masked, bodies as text where they are text, else as base64
 * that says so. Each text is masked by itself, as it was on the wire, for JSON would escape what is
 * JSON already once more. The holder is asked, because a Buffer has turned itself into a list of
 * numbers before a replacer sees it.
 */
const readable = (mask: (text: string) => string) =>
  function replace(this: unknown, key: string, value: unknown): unknown {
    const original: unknown = Reflect.get(Object(this), key)
    if (typeof original === 'string') return mask(original)
    if (!(original instanceof Uint8Array)) return value
    return isText(original)
      ? mask(new TextDecoder().decode(original))
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
  await writeFile(draft, `${JSON.stringify(evidence, readable(mask), 2)}\n`)
  await rename(draft, join(root, path))
  return path
}
