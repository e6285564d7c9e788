const withinMilliseconds = 10_000

const mapping = {
  request: {
    method: 'POST',
    urlPath: '/warm-up',
    bodyPatterns: [{ matchesJsonPath: '$.ready' }],
  },
  response: { status: 200, jsonBody: { ready: true } },
}

const post = (url: string, body: unknown): Promise<unknown> =>
  fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(withinMilliseconds),
  }).then((answer) => answer.arrayBuffer())

/**
 * Has a WireMock that was just started answer once, so that its classes are loaded before a case
 * counts on its answer: the first one can take longer than a provider waits for an upstream, and
 * would be a false alarm. What it leaves is cleared by the first lease, as after any other.
 */
export const warmUp = async (url: string): Promise<void> => {
  try {
    await post(`${url}/__admin/mappings`, mapping)
    await post(`${url}/warm-up`, { ready: true })
  } catch {
    // A stub that cannot answer is found out by whoever leases it.
  }
}
