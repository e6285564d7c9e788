import { look, lookBehindProxy, type Look } from '../provider/probe.ts'
import type { OwnedContainer } from './owned-container.ts'

/** How a port of a container is looked at from here. */
export const lookAtContainer =
  (owned: OwnedContainer, bridged: boolean) =>
  (path?: string): Promise<Look> => {
    if (path !== undefined) return look(owned.port, path, [owned.host])
    // Its own address tells at once; the published port accepts before anybody listens behind it.
    return bridged
      ? look(owned.inside.port, undefined, [owned.inside.host])
      : lookBehindProxy(owned.host, owned.port)
  }
