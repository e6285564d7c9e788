import { readFile, stat } from 'node:fs/promises'
import { bytesMaxDefault } from '../contract/read/decode.ts'

/** What is known of a JSON file before it is read as a contract. */
export interface ContractLook {
  /** Also of what cannot be read or is no JSON: reading it says why, and is red. */
  readonly isContract: boolean
  /** About how many cases it holds. */
  readonly cases: number
  /** The provider's name, as far as the text has one. */
  readonly provider?: string
}

/** A file that is taken for a contract so that reading it says what is wrong. */
const unreadable: ContractLook = { isContract: true, cases: 0 }

const member = (from: unknown, key: string): unknown => Reflect.get(Object(from), key)

const lengthOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0)

/**
 * A look at a JSON text: it is a contract unless it is valid JSON that plainly is something else.
 *
 * @example
 * lookAtText('{"provider":{"name":"orders"},"interactions":[{}]}').cases // 1
 */
export const lookAtText = (text: string): ContractLook => {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return unreadable
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { isContract: false, cases: 0 }
  }
  const has = (key: string): boolean => Object.hasOwn(value, key)
  const provider = member(member(value, 'provider'), 'name')
  return {
    isContract: has('interactions') || has('messages') || (has('consumer') && has('provider')),
    cases: lengthOf(member(value, 'interactions')) + lengthOf(member(value, 'messages')),
    ...(typeof provider === 'string' ? { provider } : {}),
  }
}

const known = new Map<string, { readonly version: string; readonly look: ContractLook }>()

/**
 * A look at a file, which is parsed once for as long as it does not change: what kind it is, how many
 * cases it has and which integration it is of are asked at different times. A device or a file that is
 * too large is not opened.
 */
export const lookAtContract = async (path: string): Promise<ContractLook> => {
  try {
    const about = await stat(path)
    if (!about.isFile()) return unreadable
    if (about.size > bytesMaxDefault) return unreadable
    const version = `${about.mtimeMs} ${about.size}`
    const before = known.get(path)
    if (before?.version === version) return before.look
    const look = lookAtText(await readFile(path, 'utf8'))
    known.set(path, { version, look })
    return look
  } catch {
    return unreadable
  }
}
