import type { Place } from '../../model/place.ts'
import type { Operation } from '../types.ts'

/** What stands in a case that is about a document, or about an operation that it has no more. */
export const noOperation = (path: string, place: Place): Operation => ({
  method: '',
  path,
  basePath: '',
  deprecated: false,
  parameters: [],
  responses: [],
  security: [],
  pointer: '',
  place,
})
