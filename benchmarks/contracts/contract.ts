/** A contract with so many interactions, each with a state, matching rules and a body. */
export const contractOf = (interactions: number): string =>
  JSON.stringify({
    consumer: { name: 'web' },
    provider: { name: 'orders' },
    interactions: Array.from({ length: interactions }, (_, index) => ({
      description: `a request for order ${index}`,
      providerStates: [{ name: 'orders exist' }],
      request: { method: 'GET', path: `/orders/${index}` },
      response: {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: { id: index, word: 'a word', lines: [{ sku: 'A-1', quantity: 1 }] },
        matchingRules: {
          body: {
            '$.word': { matchers: [{ match: 'type' }] },
            '$.lines': { matchers: [{ match: 'type', min: 1 }] },
            '$.lines[*].quantity': { matchers: [{ match: 'integer' }] },
          },
        },
      },
    })),
    metadata: { pactSpecification: { version: '3.0.0' } },
  })
