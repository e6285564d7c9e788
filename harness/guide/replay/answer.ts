import type { HttpAnswer } from '../../model/http.ts'
import type { GuideAnswer } from '../scope.ts'

/** A view of the last answer, whichever that is when it is read. */
export const answerView = (last: () => HttpAnswer | undefined): GuideAnswer => {
  const answer = (): HttpAnswer => {
    const current = last()
    if (current === undefined) throw new Error('no answer has come in this step yet')
    return current
  }
  const text = (): string => new TextDecoder().decode(answer().body)
  return {
    get status() {
      return answer().status
    },
    get headers() {
      return answer().headers
    },
    get text() {
      return text()
    },
    get body(): unknown {
      return JSON.parse(text())
    },
    get milliseconds() {
      return answer().milliseconds
    },
  }
}
