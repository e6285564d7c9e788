import type { Exchange } from '../../../model/http.ts'
import type { Asking, Observation, Operation } from '../../types.ts'
import { written } from '../draft.ts'
import { ask } from '../state/observe.ts'
import { reach } from '../state/reach.ts'
import type { Session } from '../state/session.ts'
import { observed } from './reading.ts'
import { sentencesOf } from './state-rules.ts'
import { wordsAt, wordsOfStatus } from './words.ts'

/** A limit above this is not tried. */
const limitMax = 60

const windows: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 }

/** How often something may be asked, as a sentence says it: `10 requests per minute`. */
export const limitIn = (
  text: string,
): { readonly count: number; readonly seconds: number; readonly words: string } | undefined => {
  for (const words of sentencesOf(text)) {
    // What counts only some requests, or those of somebody, is not known to count these.
    if (/fail|wrong|invalid|unsuccess|incorrect|different|distinct|burst|average/i.test(words))
      continue
    const [, number = '', window = ''] =
      /(?<![\d.,])(\d{1,3}) (?:requests?|calls?)(?: (?:is|are) (?:allowed|permitted))? ?(?:per|a|an|each|every|in a|within (?:a|one)|\/) ?(minute|hour|day)\b/i.exec(
        words,
      ) ?? []
    const seconds = windows[window.toLowerCase()]
    if (seconds !== undefined && Number(number) > 0)
      return { count: Number(number), seconds, words }
  }
  return undefined
}

/** Where the document says how often may be asked, once more than that. */
export function* rateLimits(
  session: Session,
  operation: Operation,
): Asking<readonly Observation[]> {
  const { spec, isOurs } = session
  const told = [wordsOfStatus(spec, operation, '429'), wordsAt(spec, operation.pointer)]
  const limit = told.map(limitIn).find((one) => one !== undefined)
  const isDocumented = operation.responses.some(({ status }) => status === '429')
  // Whoever asks somebody else's provider so often does harm.
  if (!isOurs || !isDocumented || limit === undefined || limit.count > limitMax) return []
  const draft = (yield* reach(session, operation))?.draft
  if (draft === undefined) return []
  const planned = written(draft, 'once more', { kind: 'odd' })
  const exchanges: Exchange[] = []
  for (let turn = 0; turn <= limit.count; turn += 1) {
    const exchange = yield* ask(session, planned)
    exchanges.push(exchange)
    if (exchange.answer?.status === 429) break
  }
  const milliseconds = exchanges.reduce((sum, { answer }) => sum + (answer?.milliseconds ?? 0), 0)
  return [
    observed('rate-limit-ignored', operation, exchanges.slice(-1), {
      count: limit.count,
      asked: exchanges.length,
      words: limit.words,
      isInTime: milliseconds < (limit.seconds * 1000) / 4,
    }),
  ]
}
