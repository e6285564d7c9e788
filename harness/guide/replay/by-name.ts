import type { Kept } from '../fences/hole.ts'

/** A record whose members are looked up when they are read. */
export const byName = <Value>(lookUp: (name: string) => Value): Readonly<Record<string, Value>> =>
  new Proxy<Record<string, Value>>(
    {},
    { get: (_, name) => (typeof name === 'string' ? lookUp(name) : undefined) },
  )

/** Kept values as a record that `ts` fences read and write. */
export const keptView = (kept: Kept): Record<string, unknown> =>
  new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, name) => (typeof name === 'string' ? kept.get(name) : undefined),
      set: (_, name, value: unknown) => {
        if (typeof name === 'string') kept.set(name, value)
        return true
      },
      has: (_, name) => typeof name === 'string' && kept.has(name),
      ownKeys: () => [...kept.keys()],
      getOwnPropertyDescriptor: (_, name) =>
        typeof name === 'string' && kept.has(name)
          ? { configurable: true, enumerable: true, writable: true, value: kept.get(name) }
          : undefined,
    },
  )
