/** Why a finding is accepted, and until when: the last day, `YYYY-MM-DD`. */
export interface Acceptance {
  readonly because: string
  readonly until: string
}
