import { putAbove, type StubVariant } from './stub-variant.ts'

/** Every request gets this status. */
export interface StubAnswers {
  readonly does: 'answers'
  readonly status: number
  /** Only so many requests; those after them are answered well. */
  readonly first?: number
}

const countMax = 20
const pattern = /^answers\s+`([45]\d\d)`(?:\s+to\s+the\s+first\s+`(\d+)`(?:\s+requests?)?)?$/i

const response = (status: number) => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  jsonBody: { reason: `answered ${status} by a drill` },
})

/** The states of a scenario of WireMock's, which begins in `Started`. */
const state = (index: number): string => (index === 0 ? 'Started' : `after ${index}`)

/** ``answers `503` ``, ``answers `503` to the first `2` `` */
export const stubAnswers: StubVariant<StubAnswers> = {
  does: 'answers',
  words: 'answers `503` [to the first `2`]',
  parse: (text) => {
    const match = pattern.exec(text)
    const first = match?.[2] === undefined ? undefined : Number(match[2])
    if (match === null || (first !== undefined && (first < 1 || first > countMax))) return undefined
    const status = Number(match[1])
    return { does: 'answers', status, ...(first === undefined ? {} : { first }) }
  },
  put: (admin, { status, first }) => {
    if (first === undefined) return putAbove(admin, [{ response: response(status) }])
    // WireMock's scenarios count for us: beyond the last state no mapping of ours matches.
    const scenarioName = `a drill's first ${first}`
    return putAbove(
      admin,
      Array.from({ length: first }, (_, index) => ({
        scenarioName,
        requiredScenarioState: state(index),
        newScenarioState: state(index + 1),
        response: response(status),
      })),
    )
  },
}
