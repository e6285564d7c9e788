import { bandwidth } from './bandwidth.ts'
import { down } from './down.ts'
import { latency } from './latency.ts'
import { limitData } from './limit-data.ts'
import { resetPeer } from './reset-peer.ts'
import type { Toxic } from './shape.ts'
import { slicer } from './slicer.ts'
import { slowClose } from './slow-close.ts'
import { timeout } from './timeout.ts'

/** All toxics, in the order in which messages and the documentation list them. */
export const toxics: readonly Toxic[] = [
  latency,
  down,
  bandwidth,
  slowClose,
  timeout,
  resetPeer,
  slicer,
  limitData,
]
