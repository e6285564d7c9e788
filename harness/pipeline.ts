import type { Laboratory, Proof } from './attempt.ts'
import { concludeAll } from './conclude.ts'
import { withKnown } from './known-findings.ts'
import { looks } from './looks.ts'
import { answeredSecrets } from './model/answered-secrets.ts'
import { maskOf, masked } from './model/mask.ts'
import type { Outcome } from './model/outcome.ts'
import type { TestCase } from './model/test-case.ts'
import { smallest } from './smallest.ts'
import { writeEvidence } from './record/store.ts'
import { stubHints } from './stub-hints.ts'

/** Where the record of a run goes, and what must not be in it. */
export interface EvidenceStore {
  readonly root: string
  readonly mask: (text: string) => string
}

/**
 * The life of one case after it was read and planned: replay and judge on a testbed, once more on a
 * fresh one if it did not hold, each finding shown by the least that shows it, then record. A case
 * with a ruling is never put to a provider.
 */
export const prove = async <Detail, Seen>(
  testCase: TestCase<Detail>,
  proof: Proof<Detail, Seen>,
  laboratory: Laboratory,
  store: EvidenceStore,
): Promise<Outcome> => {
  if (testCase.ruling !== undefined)
    return { ...testCase.ruling, findings: [], requests: 0, madeOf: [], milliseconds: 0 }

  const results = await looks(testCase, proof, laboratory)
  const [first] = results
  const conclusion = await withKnown(testCase, proof, laboratory, concludeAll(results))

  const small = await smallest(testCase, proof, laboratory, { first, conclusion })

  const attempts = results.map((one) => one.attempt)
  const exchanges = [
    ...attempts.flatMap(({ events }) => events.flatMap(({ exchange }) => exchange ?? [])),
    ...small.exchanges,
  ]
  // What the provider gave out, and what signed a request, lets in as well as what the configuration holds.
  const requests = [
    ...exchanges.map(({ request }) => request),
    ...small.findings.flatMap(({ request }) => request ?? []),
  ]
  const signatures = requests.flatMap((request) => laboratory.signer?.secretsIn(request) ?? [])
  const hide = maskOf(new Set([...answeredSecrets(exchanges), ...signatures]))
  const mask = (text: string): string => hide(store.mask(text))
  const { log, ...concluded } = { ...conclusion, findings: small.findings }
  const { id, kind, integration, group, name, place, fingerprint } = testCase
  const evidence = await writeEvidence(
    store.root,
    {
      testCase: {
        id,
        kind,
        integration,
        group,
        name,
        place,
        ...(fingerprint === undefined ? {} : { fingerprint }),
      },
      seed: laboratory.seed,
      attempts,
      ...concluded,
    },
    mask,
  )
  const hints = stubHints(attempts)
  // Once: the second attempt leaves the same, on another port.
  const leftOpen = results.find((one) => one.leftOpen.length > 0)?.leftOpen
  const milliseconds = attempts.reduce((sum, one) => sum + one.milliseconds, small.milliseconds)
  const madeOf = [...new Set(attempts.flatMap(({ madeOf }) => madeOf))]
  const { times } = first.attempt
  return {
    ...masked(concluded, hide),
    // The whole log of each attempt is in the evidence anyway.
    ...(log === undefined ? {} : { log: log.map(hide) }),
    ...(times === undefined ? {} : { times }),
    ...(hints.length === 0 ? {} : { hints }),
    ...(leftOpen === undefined ? {} : { leftOpen }),
    evidence,
    requests: exchanges.length,
    madeOf,
    milliseconds,
  }
}
