import type { Journal } from '../../model/journal.ts'
import type { MessageRun } from '../seen.ts'
import { failureOf } from './failure-of.ts'
import { shownMessage, type SaidMessage } from './said-message.ts'
import type { SayMessage } from './say-message.ts'

const givenUp = (milliseconds: number, signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const late = AbortSignal.timeout(milliseconds)
    const abort = (): void => reject(new Error(`no message within ${milliseconds / 1000} s`))
    late.addEventListener('abort', abort, { once: true })
    signal.addEventListener('abort', abort, { once: true })
  })

/**
 * Answers Pact's requests for messages and takes down how each went. A failure resolves with
 * `undefined`.
 */
export const recordedMessages = (
  say: SayMessage,
  journal: Journal,
  { signal, milliseconds }: { readonly signal: AbortSignal; readonly milliseconds: number },
): {
  readonly runs: readonly MessageRun[]
  readonly answer: (body: string) => Promise<SaidMessage | undefined>
} => {
  const runs: MessageRun[] = []
  return {
    runs,
    answer: async (body) => {
      try {
        const message = await Promise.race([say(body), givenUp(milliseconds, signal)])
        runs.push({})
        journal.note(`message produced: ${shownMessage(message)}`)
        return message
      } catch (error) {
        runs.push({ failure: failureOf(error) })
        journal.note('message not produced')
        return undefined
      }
    },
  }
}
