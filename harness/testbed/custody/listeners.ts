import { readdir, readFile, readlink } from 'node:fs/promises'

/** `st` of a listening socket in `/proc/net/tcp` (proc(5); TCP_LISTEN in linux/tcp_states.h). */
const listening = '0A'

/** Inodes of the sockets that listen, with their ports, in IPv4 and IPv6. Only Linux tells. */
const listeningSockets = async (): Promise<ReadonlyMap<string, number>> => {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'latin1').catch(() => '')),
  )
  const sockets = new Map<string, number>()
  for (const line of tables.flatMap((table) => table.split('\n').slice(1))) {
    const fields = line.trim().split(/\s+/)
    const [, local = '', , state] = fields
    const inode = fields[9]
    if (state !== listening || inode === undefined) continue
    sockets.set(inode, Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16))
  }
  return sockets
}

/** Inodes of the sockets that a process holds. None where we may not look. */
const socketsOf = async (pid: number): Promise<readonly string[]> => {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => [])
  const links = await Promise.all(
    names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')),
  )
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? [])
}

/** The ports that a process listens on, in order. */
export const portsOf = async (pid: number): Promise<readonly number[]> => {
  const [sockets, own] = await Promise.all([listeningSockets(), socketsOf(pid)])
  return [...new Set(own.flatMap((inode) => sockets.get(inode) ?? []))].toSorted((a, b) => a - b)
}

/**
 * The processes among these that listen on a port; `undefined` where nobody can tell: not on Linux,
 * or when nobody listens.
 */
export const listenersAmong = async (
  port: number,
  pids: readonly number[],
): Promise<readonly number[] | undefined> => {
  const sockets = await listeningSockets()
  const wanted = new Set([...sockets].filter(([, at]) => at === port).map(([inode]) => inode))
  if (wanted.size === 0) return undefined
  const held = await Promise.all(pids.map(socketsOf))
  return pids.filter((_, index) => held[index]?.some((inode) => wanted.has(inode)))
}
