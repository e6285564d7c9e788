import type { Place } from '../../model/place.ts'
import type { LinkFault } from './link.ts'

/** What a drill's Fault says, read: plain data. More kinds follow, each in a file of its own. */
export type FaultSpecification = LinkFault & {
  /** The page's own words. */
  readonly text: string
  readonly place: Place
}
