import { parseDuration } from '../../../config/duration.ts'
import type { StubVariant } from './stub-variant.ts'

/** Answers well, and later than usual. */
export interface StubSlow {
  readonly does: 'slow'
  readonly milliseconds: number
}

/** ``slow by `3 s` `` */
export const stubSlow: StubVariant<StubSlow> = {
  does: 'slow',
  words: 'slow by `3 s`',
  parse: (text) => {
    const match = /^slow\s+by\s+`([^`]+)`$/i.exec(text)
    const milliseconds = match === null ? undefined : parseDuration(match[1] ?? '')
    return milliseconds === undefined ? undefined : { does: 'slow', milliseconds }
  },
  put: async (admin, { milliseconds }) => {
    const since = Date.now()
    await admin.delay(milliseconds)
    return {
      firstBite: () => admin.firstAnswer(since),
      lift: () => admin.delay(null),
    }
  },
}
