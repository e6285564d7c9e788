import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import type { ContractCode } from '../codes.ts'
import { expectShown } from '../../testing/findings-page.ts'
import type { ReplayOptions } from '../replay/options.ts'
import {
  answering,
  brokenProviders,
  contract,
  handlers,
  headers,
  saying,
  soundMessage,
  soundProvider,
  type BrokenProvider,
} from '../testing/broken-providers.ts'
import { caseOf, lineAt } from '../testing/contract-text.ts'
import { inProcessWorld } from '../testing/in-process-world.ts'
import { run } from '../testing/running.ts'

const judged = async (
  provider: RequestListener,
  options: ReplayOptions = {},
  text: string = contract,
) => {
  await using world = await inProcessWorld(provider)
  const judgement = await run(text, world, { timeoutMilliseconds: 1000, handlers, ...options })
  return { ...judgement, dirty: world.dirty() }
}

test('a provider that keeps the contract is verified', async () => {
  const { verdict, findings, dirty } = await judged(soundProvider)
  expect(findings).toEqual([])
  expect({ verdict, dirty }).toEqual({ verdict: 'verified', dirty: false })
})

test('a message as the contract has it is verified', async () => {
  const { options, contract: text } = saying(() => soundMessage)
  expect(await judged(soundProvider, options, text)).toMatchObject({
    verdict: 'verified',
    findings: [],
    dirty: false,
  })
})

const codes = Object.keys(brokenProviders) as ContractCode[]
const table: readonly (BrokenProvider & { readonly code: ContractCode })[] = codes.flatMap((code) =>
  brokenProviders[code].map((broken) => ({ code, ...broken })),
)

describe('a provider that breaks exactly one thing yields just that finding', () => {
  test.each(table)('$code: $name', async ({ code, provider, options, line, summary, ...more }) => {
    const text = more.contract ?? contract
    const { verdict, findings, dirty } = await judged(provider ?? soundProvider, options, text)
    expect(findings.map((finding) => [finding.code, finding.summary])).toEqual([[code, summary]])
    const [finding] = findings
    // Code that threw is the place where there is any; here it is this test's own.
    if (line !== '') expect(lineAt(text, finding?.place.line ?? 0)).toBe(line)
    expect(finding?.subject).toBe(caseOf(text).name)
    expect(finding?.request?.url).toEqual(
      text === contract
        ? expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/orders\/1$/)
        : undefined,
    )
    if (more.expected !== undefined) expect(finding?.expected).toBe(more.expected)
    if (more.actual !== undefined) expect(finding?.actual).toBe(more.actual)
    expect(verdict).toBe('failed')
    if (code !== 'contract-not-judged' && !summary.startsWith('The teardown')) {
      expect(dirty).toBe(true)
    }
  })

  test.each(codes)('%s: the page shows the first of them', async (code) => {
    const [broken] = brokenProviders[code] as readonly [BrokenProvider]
    const { findings } = await judged(
      broken.provider ?? soundProvider,
      broken.options,
      broken.contract,
    )
    expect(findings).toHaveLength(1)
    for (const finding of findings) expectShown(finding)
  })
})

test('all mismatches are reported, in the order of their lines', async () => {
  const { findings } = await judged(
    answering('{"id":"1","lines":[{"sku":"B","quantity":"2"}]}', 500),
  )
  expect(findings.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
    'contract-status: The status is 500, and the contract expects 200.',
    'contract-header: The header X-Version is missing, and the contract expects 7.',
    "contract-body: $.id in the body: expected '1' (String) to be equal to 1 (Integer).",
    'contract-body: $.status is missing from the body.',
    "contract-body: $.lines[0].quantity in the body: expected '2' (String) to be an integer.",
  ])
})

test('a line of the contract that many elements break is one finding', async () => {
  const lines = Array.from({ length: 8 }, () => ({ sku: 'A', quantity: '1' }))
  const { findings } = await judged(
    answering(JSON.stringify({ id: 1, status: 'open', lines }), 200, headers),
  )
  expect(findings).toHaveLength(1)
  expect(findings[0]?.summary).toMatch(
    /quantity in the body: .* The same at 7 other places: (\$\.lines\[\d\]\.quantity, ){5}…$/,
  )
})
