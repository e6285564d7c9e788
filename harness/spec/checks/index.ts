import { acceptedInvalid } from './accepted-invalid.ts'
import { allowIncomplete } from './allow-incomplete.ts'
import { allowMissing } from './allow-missing.ts'
import { bodyForbidden } from './body-forbidden.ts'
import { bodyMissing } from './body-missing.ts'
import { bodySchema } from './body-schema.ts'
import { bodyUndocumented } from './body-undocumented.ts'
import { bodyUnparseable } from './body-unparseable.ts'
import { challengeMissing } from './challenge-missing.ts'
import type { Check, ObservationCheck } from './check.ts'
import { credentialIgnored } from './credential-ignored.ts'
import { credentialLate } from './credential-late.ts'
import { credentialStatus } from './credential-status.ts'
import { documentedServerError } from './documented-server-error.ts'
import { headerMissing } from './header-missing.ts'
import { headerSchema } from './header-schema.ts'
import { internalsShown } from './internals-shown.ts'
import { mediaTypeMissing } from './media-type-missing.ts'
import { mediaTypeUndocumented } from './media-type-undocumented.ts'
import { locationWrong } from './location-wrong.ts'
import { createdUnlisted } from './created-unlisted.ts'
import { writeLost } from './write-lost.ts'
import { patchSpills } from './patch-spills.ts'
import { putAdds } from './put-adds.ts'
import { putMerges } from './put-merges.ts'
import { deleteRepeats } from './delete-repeats.ts'
import { deletedStillThere } from './deleted-still-there.ts'
import { conflictAccepted } from './conflict-accepted.ts'
import { conflictUnfounded } from './conflict-unfounded.ts'
import { preconditionIgnored } from './precondition-ignored.ts'
import { etagUnchanged } from './etag-unchanged.ts'
import { repeatNotRecognised } from './repeat-not-recognised.ts'
import { headDiffers } from './head-differs.ts'
import { pagesWrong } from './pages-wrong.ts'
import { totalWrong } from './total-wrong.ts'
import { filterIgnored } from './filter-ignored.ts'
import { filterNarrow } from './filter-narrow.ts'
import { sortWrong } from './sort-wrong.ts'
import { methodAccepted } from './method-accepted.ts'
import { noAnswer } from './no-answer.ts'
import { rateLimitIgnored } from './rate-limit-ignored.ts'
import { refusedValid } from './refused-valid.ts'
import { retryAfterMissing } from './retry-after-missing.ts'
import { serverError } from './server-error.ts'
import { statusUndocumented } from './status-undocumented.ts'
import { truncatedAnswer } from './truncated-answer.ts'

/** All checks of one answer; each after those that can make it moot. */
export const checks: readonly Check[] = [
  noAnswer,
  bodyForbidden,
  truncatedAnswer,
  serverError,
  documentedServerError,
  statusUndocumented,
  headerMissing,
  headerSchema,
  bodyUndocumented,
  bodyMissing,
  mediaTypeMissing,
  mediaTypeUndocumented,
  bodyUnparseable,
  bodySchema,
  acceptedInvalid,
  methodAccepted,
  allowMissing,
  retryAfterMissing,
  credentialIgnored,
  credentialStatus,
  challengeMissing,
  internalsShown,
]

/** All checks of what several exchanges show together. */
export const observationChecks: readonly ObservationCheck[] = [
  refusedValid,
  credentialLate,
  locationWrong,
  createdUnlisted,
  writeLost,
  patchSpills,
  putAdds,
  putMerges,
  deletedStillThere,
  deleteRepeats,
  conflictAccepted,
  conflictUnfounded,
  preconditionIgnored,
  etagUnchanged,
  repeatNotRecognised,
  headDiffers,
  allowIncomplete,
  rateLimitIgnored,
  pagesWrong,
  totalWrong,
  filterIgnored,
  filterNarrow,
  sortWrong,
]
