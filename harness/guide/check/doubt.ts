import type { Place } from '../../model/place.ts'
import type { UserErrorParts } from '../../model/user-error.ts'
import type { Comparison } from '../facts/comparison.ts'

/**
 * Something that a page says, seen without running anything: `wrong` where the config, the spec or a
 * file says otherwise, a `note` where they say nothing of it.
 */
export interface Doubt {
  readonly severity: 'wrong' | 'note'
  readonly parts: UserErrorParts & { readonly place: Place }
}

/** What a comparison leaves to doubt. */
export const doubtOf = ({ came, problem, place, others, fix }: Comparison): readonly Doubt[] =>
  came === 'differs' || came === 'noted'
    ? [
        {
          severity: came === 'differs' ? 'wrong' : 'note',
          parts: {
            problem,
            place,
            ...(others === undefined ? {} : { expected: others }),
            ...(fix === undefined ? {} : { fix }),
          },
        },
      ]
    : []
