import { isEngineAddress, type EngineAddress } from '../engine/address.ts'
import type { ProcessIdentity } from './process-table.ts'

/** A process group in custody: its leader, and the signal that ends it in order. */
export interface OwnedGroup extends ProcessIdentity {
  readonly signal: NodeJS.Signals
}

/**
 * One line of a run's registry. The same lines go to the registry file and through the pipe to the
 * reaper, so that either is enough to end a run.
 *
 * `machine` says where process numbers mean something: see `machine.ts`.
 */
export type RegistryLine =
  | { readonly what: 'run'; readonly machine: string; readonly owner: ProcessIdentity }
  | { readonly what: 'reaper'; readonly reaper: ProcessIdentity }
  | { readonly what: 'group'; readonly group: OwnedGroup }
  | { readonly what: 'gone'; readonly pid: number }
  | { readonly what: 'engine'; readonly engine: EngineAddress }

/** What a registry says, all lines taken together. */
export interface Registry {
  readonly machine: string
  readonly owner: ProcessIdentity
  readonly reaper?: ProcessIdentity
  readonly groups: readonly OwnedGroup[]
  /** Where containers of the run may be, under its label. */
  readonly engines: readonly EngineAddress[]
}

/** Name of the registry file in a run's folder. */
export const registryFile = 'registry.jsonl'

const isIdentity = (value: unknown): value is ProcessIdentity => {
  if (typeof value !== 'object' || value === null) return false
  const { pid, startTime } = value as Partial<ProcessIdentity>
  // 0 and 1 would mean our own group and everybody's to kill(2).
  return Number.isSafeInteger(pid) && (pid ?? 0) > 1 && typeof startTime === 'string'
}

const isGroup = (value: unknown): value is OwnedGroup =>
  isIdentity(value) && /^SIG[A-Z0-9]+$/.test(String((value as Partial<OwnedGroup>).signal))

const parseLine = (text: string): RegistryLine | undefined => {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    // A line that was being written when its writer died.
    return undefined
  }
  if (typeof line !== 'object' || line === null) return undefined
  const { what, machine, owner, reaper, group, pid, engine } = line as Record<string, unknown>
  if (what === 'run' && typeof machine === 'string' && isIdentity(owner))
    return { what, machine, owner }
  if (what === 'reaper' && isIdentity(reaper)) return { what, reaper }
  if (what === 'group' && isGroup(group)) return { what, group }
  if (what === 'gone' && typeof pid === 'number') return { what, pid }
  if (what === 'engine' && isEngineAddress(engine)) return { what, engine }
  return undefined
}

/** One line as it is written, with its line break. */
export const formatLine = (line: RegistryLine): string => `${JSON.stringify(line)}\n`

/**
 * Reads a registry. Lines that make no sense are passed over: the last one may be torn. `undefined`
 * where nothing says whose run it is.
 *
 * @example
 * parseRegistry('{"what":"run","machine":"m","owner":{"pid":7,"startTime":"12"}}\n')
 * // { machine: 'm', owner: { pid: 7, startTime: '12' }, groups: [], engines: [] }
 */
export const parseRegistry = (text: string): Registry | undefined => {
  let registry: Omit<Registry, 'groups' | 'engines'> | undefined
  const groups = new Map<number, OwnedGroup>()
  const engines = new Map<string, EngineAddress>()
  for (const line of text.split('\n').map(parseLine)) {
    if (line?.what === 'run') registry ??= { machine: line.machine, owner: line.owner }
    else if (line?.what === 'reaper' && registry !== undefined)
      registry = { ...registry, reaper: line.reaper }
    else if (line?.what === 'group') groups.set(line.group.pid, line.group)
    else if (line?.what === 'gone') groups.delete(line.pid)
    else if (line?.what === 'engine') engines.set(JSON.stringify(line.engine), line.engine)
  }
  return registry === undefined
    ? undefined
    : { ...registry, groups: [...groups.values()], engines: [...engines.values()] }
}
