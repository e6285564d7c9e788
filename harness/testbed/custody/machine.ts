import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'

/**
 * Where process numbers mean something: the host, its boot, and the namespace of process numbers.
 * Containers that share a temporary folder see each other's runs there, but not each other's
 * processes, and must not take them for dead.
 */
export interface Machine {
  readonly host: string
  readonly boot: string
  readonly namespace: string
}

/** The machine that we run on. */
export const thisMachine = async (): Promise<Machine> => ({
  host: hostname(),
  boot: (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim(),
  namespace: await readlink('/proc/self/ns/pid').catch(() => ''),
})

/** As one word of text, for the registry. */
export const formatMachine = ({ host, boot, namespace }: Machine): string =>
  [host, boot, namespace].join(' ')

/**
 * What a run's machine is to ours: `same`, so that its process numbers can be looked up; `earlier`,
 * this machine before it was started again, so that none of its processes lives; or `another`,
 * of which we know nothing.
 *
 * @example
 * compareMachine('laptop 4f1c pid:[1]', { host: 'laptop', boot: '77aa', namespace: 'pid:[1]' }) // 'earlier'
 */
export const compareMachine = (text: string, here: Machine): 'same' | 'earlier' | 'another' => {
  if (text === formatMachine(here)) return 'same'
  const [host, boot] = text.split(' ')
  return host === here.host && boot !== here.boot ? 'earlier' : 'another'
}
