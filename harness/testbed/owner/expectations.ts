/** How many cases are still to come, as far as workers have told. */
export interface Expectations {
  /** A session is about to run so many more cases of an integration. */
  tell(session: string, integration: string, count: number): void
  /** A case has asked for a testbed. Asked for again by the same case, nothing changes. */
  began(session: string, integration: string, caseId: string): void
  /** How many of an integration are still to come. */
  left(integration: string): number
  /** Forgets what a session told: it is gone. */
  forget(session: string): void
}

interface Expected {
  readonly session: string
  readonly integration: string
  count: number
  readonly began: Set<string>
}

/**
 * Opens an empty book of expectations. Where nobody tells anything, nothing is expected.
 *
 * @example
 * expectations.tell('1', 'orders', 2)
 * expectations.began('1', 'orders', 'a3f09c2d41')
 * expectations.left('orders') // 1
 */
export const openExpectations = (): Expectations => {
  const all = new Map<string, Expected>()
  const entry = (session: string, integration: string): Expected => {
    const key = JSON.stringify([session, integration])
    const known = all.get(key) ?? { session, integration, count: 0, began: new Set() }
    all.set(key, known)
    return known
  }
  return {
    tell: (session, integration, count) => {
      const expected = entry(session, integration)
      if (Number.isSafeInteger(count) && count > 0) expected.count += count
      // A case may come again, in watch mode.
      expected.began.clear()
    },
    began: (session, integration, caseId) => {
      const expected = entry(session, integration)
      if (expected.began.has(caseId)) return
      expected.began.add(caseId)
      expected.count = Math.max(0, expected.count - 1)
    },
    left: (integration) =>
      [...all.values()].reduce(
        (sum, one) => sum + (one.integration === integration ? one.count : 0),
        0,
      ),
    forget: (session) => {
      for (const [key, one] of all) if (one.session === session) all.delete(key)
    },
  }
}
