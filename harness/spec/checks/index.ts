import { acceptedInvalid } from './accepted-invalid.ts'
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
import { methodAccepted } from './method-accepted.ts'
import { noAnswer } from './no-answer.ts'
import { refusedValid } from './refused-valid.ts'
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
  credentialIgnored,
  credentialStatus,
  challengeMissing,
  internalsShown,
]

/** All checks of what several exchanges show together. */
export const observationChecks: readonly ObservationCheck[] = [refusedValid, credentialLate]
