import type { Observation } from '../types.ts'

/** The statuses of the exchanges of an observation, in their order; 0 where no answer came. */
export const statusesOf = ({ exchanges }: Observation): readonly number[] =>
  exchanges.map(({ answer }) => answer?.status ?? 0)

export const isSuccess = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status <= 299

/** What is there no longer: 404 or 410 (RFC 9110, 15.5.5 and 15.5.11). */
export const isGone = (status: number | undefined): boolean => status === 404 || status === 410
