import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'

/** The contracts in a folder, by their path in it. */
export type Written = ReadonlyMap<string, WrittenContract>

/** A contract as it lies on disk. */
interface WrittenContract {
  readonly text: string
  /** Its JSON; `undefined` where it is none. */
  readonly value: unknown
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Reads the contracts that lie in a folder itself: Pact writes no folders. */
export const writtenIn = async (folder: string): Promise<Written> => {
  const names = (await glob(['*.json'], { cwd: folder, expandDirectories: false })).toSorted()
  const entries = names.map(async (name) => {
    const text = await readFile(join(folder, name), 'utf8')
    return [name, { text, value: parsed(text) }] as const
  })
  return new Map(await Promise.all(entries))
}
