import { loadConfig } from '../config/load.ts'
import { unusedOf, type Unused } from '../cross-check/unused.ts'
import { readSpec } from '../spec/read/read-spec.ts'
import { readContracts } from '../vitest/read-contracts.ts'
import { unusedText } from './unused-text.ts'

/** What one integration's consumers do not use of its spec. */
export interface UnusedOfSpec {
  readonly integration: string
  readonly spec: string
  readonly unused: Unused
}

/**
 * `proofbook unused`: what of each spec no contract uses. A report, and never red: what nobody uses
 * may be there for good reasons. Exits with 1 only where a contract or spec cannot be used.
 */
export const unused = async (options: { readonly json?: boolean }): Promise<void> => {
  const loaded = await loadConfig(process.cwd())
  const contracts = await readContracts(loaded)
  const all: UnusedOfSpec[] = []
  for (const [integration, { spec: file }] of Object.entries(loaded.config.integrations)) {
    if (file === undefined) continue
    const spec = await readSpec({ root: loaded.root, file })
    all.push({ integration, spec: file, unused: unusedOf(spec, contracts.of(integration)) })
  }
  const { problems } = contracts
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ schemaVersion: 1, specs: all.map(plain), problems }, null, 2)}\n`
      : unusedText(all, problems),
  )
  if (problems.length > 0) process.exitCode = 1
}

/** Without the text of whole interactions. */
const plain = ({ unused: { unknown, ...rest }, ...one }: UnusedOfSpec) => ({
  ...one,
  ...rest,
  unknown: unknown.map(({ consumer, interaction: { description, method, path, place } }) => ({
    consumer,
    interaction: description,
    asks: `${method} ${path}`,
    place,
  })),
})
