import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Place } from '../../model/place.ts'

const frame = /(?:\(|at (?:async )?)((?:file:\/\/)?[^()\s][^()]*):(\d+):(\d+)\)?$/

const pathOf = (text: string): string | undefined => {
  try {
    const path = text.startsWith('file://') ? fileURLToPath(text) : text
    return isAbsolute(path) ? path : undefined
  } catch {
    return undefined
  }
}

/** Where the user's project is, and where our own code is that no user wants to be sent to. */
export interface StackFolders {
  readonly project: string
  readonly harness: string
}

/**
 * The line of the user's own code that a stack leads to: the first frame that is neither Node's,
 * nor a package's, nor ours.
 *
 * @example
 * stackPlace('Error: no\n    at setup (/p/states.ts:3:9)', { project: '/p', harness: '/h' })
 * // { file: 'states.ts', line: 3, column: 9 }
 */
export const stackPlace = (
  stack: string | undefined,
  { project, harness }: StackFolders,
): Place | undefined => {
  for (const line of stack?.split('\n') ?? []) {
    const [, text, at, column] = frame.exec(line.trim()) ?? []
    const path = text === undefined ? undefined : pathOf(text)
    if (path === undefined || path.includes(`${sep}node_modules${sep}`)) continue
    if (path.startsWith(harness + sep)) continue
    const file = relative(project, path).replaceAll(sep, '/')
    return { file, line: Number(at), column: Number(column) }
  }
  return undefined
}
