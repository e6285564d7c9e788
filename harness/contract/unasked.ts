import { formatPlace } from '../model/place.ts'
import type { Handled } from './handled.ts'
import { shownName } from './shown-name.ts'

/**
 * Says of a handler in a module that no contract asks for it, at its line; of others nothing. Pure.
 *
 * @example
 * unaskedLines(handled) // ['fixtures/states.ts:12:3: no contract asks for the state "a cart"']
 */
export const unaskedLines = ({ askedBy, handledBy, kind, name }: Handled): readonly string[] =>
  askedBy.length > 0 || handledBy === undefined || 'path' in handledBy
    ? []
    : [`${formatPlace(handledBy)}: no contract asks for the ${kind} "${shownName(name)}"`]
