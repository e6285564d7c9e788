import type { RequestListener } from 'node:http'
import type { Finding } from '../../../model/finding.ts'
import type { ContractCode } from '../../codes.ts'
import { contractText } from '../contract-text.ts'
import { inProcessWorld } from '../in-process-world.ts'
import { run } from '../running.ts'
import type { Actual, SpecificationCase } from './specification-case.ts'

const description = 'a case of the Pact specification'

/** A contract of one interaction that expects what the case expects, byte for byte. */
const contractOf = ({ version, part, expected }: SpecificationCase): string => {
  const members = expected.trim().slice(1, -1).trim()
  const named = `"description": ${JSON.stringify(description)}`
  const interaction =
    part === 'message'
      ? `{ ${named}${members === '' ? '' : `, ${members}`} }`
      : `{ ${named}, "request": { "method": "GET", "path": "/" }, "response": ${expected} }`
  const place = 'the one interaction'
  const [major = '', minor = '0'] = version.split('.')
  return contractText(`${major}.${minor}.0`, [], {
    interactions: undefined,
    [part === 'message' ? 'messages' : 'interactions']: [place],
  }).replace(JSON.stringify(place), () => interaction)
}

/** A provider that gives the case's answer. Headers that are folded over lines become one: RFC 9112, 5.2. */
const answering =
  ({ status, headers, body }: Actual): RequestListener =>
  (_, response) => {
    const unfolded = Object.entries(headers).map(
      ([name, value]) => [name, value.replaceAll(/\s*\r?\n\s*/g, ' ')] as const,
    )
    response.writeHead(status, Object.fromEntries(unfolded)).end(body)
  }

/** Whose doing it is that a verdict is not the case's: what Pact says is only translated here. */
export type Whose = 'ours' | 'pact-core'

/** Codes that say that something did not match: a case that fails for another reason is not right. */
const mismatches: ReadonlySet<string> = new Set<ContractCode>([
  'contract-status',
  'contract-header',
  'contract-body',
  'contract-body-type',
  'contract-body-unreadable',
  'contract-metadata',
])

/** What became of one case. */
export interface TriedCase {
  readonly specificationCase: SpecificationCase
  readonly verdict: string
  /** Absent where the verdict is the case's. */
  readonly deviation?: Whose
  readonly findings: readonly Finding[]
}

const saysPact = (verification: Awaited<ReturnType<typeof run>>['seen']['verification']): boolean =>
  'json' in verification && (JSON.parse(verification.json) as { result?: unknown }).result === true

/**
 * Puts one case through the whole path (read, plan, replay, judge) with a provider in this process
 * that says what the case says.
 */
export const tryCase = async (specificationCase: SpecificationCase): Promise<TriedCase> => {
  const { actual, matches } = specificationCase
  await using world = await inProcessWorld(answering(actual))
  const producers = {
    [description]: () => ({ contents: Buffer.from(actual.contents), metadata: actual.metadata }),
  }
  const { verdict, findings, seen } = await run(contractOf(specificationCase), world, { producers })
  const right = matches
    ? verdict === 'verified'
    : verdict === 'failed' && findings.every(({ code }) => mismatches.has(code))
  return {
    specificationCase,
    verdict,
    findings,
    ...(right ? {} : { deviation: saysPact(seen.verification) === matches ? 'ours' : 'pact-core' }),
  }
}
