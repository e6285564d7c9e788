import type { StubAdmin } from './stub-admin.ts'

const withinMilliseconds = 10_000

/** One mapping that makes use of what most mappings use. */
const mapping = {
  file: 'warm-up',
  json: {
    request: {
      method: 'POST',
      urlPath: '/warm-up',
      headers: { 'Content-Type': { contains: 'json' } },
      bodyPatterns: [{ matchesJsonPath: '$.word' }],
    },
    response: {
      status: 200,
      jsonBody: { word: '{{jsonPath request.body "$.word"}}' },
      transformers: ['response-template'],
    },
  },
}

const ask = async (url: string, body: unknown): Promise<void> => {
  const answer = await fetch(`${url}/warm-up`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(withinMilliseconds),
  })
  await answer.text()
}

/**
 * Asks a new WireMock once what matches and once what does not. Its first answer takes tenths of a
 * second, for Java loads what it needs only then: a provider with a short timeout would take that
 * for an outage of its upstream. What this leaves is cleared before the first lease. Never rejects.
 */
export const warmUp = async (url: string, admin: StubAdmin): Promise<void> => {
  try {
    await admin.load([mapping])
    await ask(url, { word: 'ready' })
    await ask(url, {})
  } catch {
    // Whoever leases it finds out what is wrong with it, and says so.
  }
}
