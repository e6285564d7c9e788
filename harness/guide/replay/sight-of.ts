import type { HttpAnswer } from '../../model/http.ts'
import type { StepSight } from '../symptoms/symptom-kind.ts'

const textMax = 4000

/** What of a step's last exchange symptoms may speak of. */
export const sightOf = (
  step: number,
  {
    answer,
    failure,
    milliseconds,
  }: {
    readonly answer: HttpAnswer | undefined
    readonly failure: string | undefined
    readonly milliseconds: number
  },
): StepSight => ({
  step,
  milliseconds,
  ...(answer === undefined
    ? {}
    : {
        status: answer.status,
        headers: answer.headers,
        text: new TextDecoder().decode(answer.body).slice(0, textMax),
      }),
  ...(failure === undefined ? {} : { failure }),
})
