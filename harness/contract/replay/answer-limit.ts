/** A limit on the time that the provider has for its answer. */
export interface AnswerLimit {
  /** The provider is about to be asked: its time begins, anew if it had begun. */
  begin(): void
  /** It is not the provider that is waited for. */
  end(): void
  /** Whether its time was over once. */
  isOver(): boolean
}

/**
 * Calls `cut` when the provider has had its time and somewhat more, so that whoever measures the
 * connection sees that the time was over.
 *
 * Pact has one limit for everything that it waits for, and handlers of states may take longer than a
 * provider may.
 */
export const answerLimit = (milliseconds: number, cut: () => void): AnswerLimit => {
  let timer: NodeJS.Timeout | undefined
  let over = false
  const end = (): void => clearTimeout(timer)
  return {
    begin: () => {
      end()
      timer = setTimeout(() => {
        over = true
        cut()
      }, milliseconds + 50)
    },
    end,
    isOver: () => over,
  }
}
