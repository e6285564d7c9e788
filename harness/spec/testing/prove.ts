import type { RequestListener } from 'node:http'
import type { Credential } from '../../model/credential.ts'
import type { Finding, Judgement } from '../../model/finding.ts'
import { judgeOperation } from '../judge/judge-operation.ts'
import type { JsonObject } from '../json.ts'
import type { Technique } from '../types.ts'
import { planSpec } from '../plan/plan-spec.ts'
import { replayOperation } from '../replay/replay-operation.ts'
import { specFrom } from './document.ts'
import { rawProvider, tinyProvider, type TinyProvider } from './provider.ts'
import { tinyWorld } from './world.ts'

/** A judgement, and the codes of its findings on their own. */
export interface Proved extends Judgement {
  readonly codes: readonly string[]
}

/** With what a document is proved, besides itself. */
interface ProveOptions {
  readonly credentials?: readonly Credential[]
  /** Absent: only what the document shows. */
  readonly techniques?: readonly Technique[]
}

const proveOn = async (
  provider: TinyProvider,
  document: JsonObject,
  { credentials = [], techniques = ['examples'] }: ProveOptions,
): Promise<Proved> => {
  const spec = await specFrom(document)
  const findings: Finding[] = []
  let last: Judgement | undefined
  const context = { integration: 'orders', credentials, seed: 1, techniques }
  for (const testCase of planSpec(spec, context)) {
    if (testCase.ruling !== undefined) throw new Error(testCase.ruling.reason)
    const seen = await replayOperation(testCase, tinyWorld(provider.url, credentials))
    last = await judgeOperation(testCase, seen)
    findings.push(...last.findings)
  }
  if (last === undefined) throw new Error('Nothing was planned.')
  const verdict = findings.length > 0 ? 'failed' : last.verdict
  return { ...last, verdict, findings, codes: findings.map(({ code }) => code) }
}

/** Reads, plans, replays and judges a document against a provider that answers so. */
export const prove = async (
  document: JsonObject,
  listener: RequestListener,
  options: ProveOptions = {},
): Promise<Proved> => {
  await using provider = await tinyProvider(listener)
  return await proveOn(provider, document, options)
}

/** The same against a provider that writes these bytes. */
export const proveRaw = async (document: JsonObject, bytes: string): Promise<Proved> => {
  await using provider = await rawProvider(bytes)
  return await proveOn(provider, document, {})
}
