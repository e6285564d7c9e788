import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatPlace } from '../model/place.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import type { RootFile } from './roots.ts'

/** In an adopted page what is wrong is an error, which a case of its own says. */
const isAdopted = /^---\r?\n(?:(?!---).*\r?\n)*?adopted:[ \t]*true[ \t]*(?:#.*)?\r?\n/

/** A folder of old pages may have hundreds: a person reads the first few. */
const warningsMax = 20

/**
 * What is wrong with guides that ran and are not adopted, a line each: it would be an error once they are,
 * and no case says so. A page that cannot be read by now is left to its own case.
 *
 * @example
 * await guideWarnings(root, roots, paths) // ['warning   guides/old.md:7:1: "Verfication" is no label; write "Verification"']
 */
export const guideWarnings = async (
  root: string,
  roots: readonly RootFile[],
  ran: ReadonlySet<string>,
): Promise<readonly string[]> => {
  const guides = roots.filter(({ kind, file }) => kind === 'guide' && ran.has(join(root, file)))
  const found = await Promise.all(
    guides.map(async ({ file }) => {
      const text = await readFile(join(root, file), 'utf8').catch(() => '')
      if (isAdopted.test(text)) return []
      return readGuide(file, text).problems.filter(({ severity }) => severity === 'warning')
    }),
  )
  const warnings = found.flat().map(({ parts: { problem, place, fix } }) => {
    const hint = fix === undefined ? '' : `; ${fix}`
    return `warning   ${formatPlace(place)}: ${problem}${hint}`
  })
  const more = warnings.length - warningsMax
  return [
    ...warnings.slice(0, warningsMax),
    ...(more > 0 ? [`warning   ${more} more: npx proofbook guide check lists them`] : []),
  ]
}
