import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConfig } from '../config/load.ts'
import { planGuide } from '../guide/plan.ts'
import { fingerprintOf, type ScenarioProof } from '../guide/proved/proof.ts'
import { withProved } from '../guide/proved/write-proved.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import type { GuideCase } from '../guide/red-cases.ts'
import type { Guide } from '../guide/types.ts'
import { counted } from '../model/counted.ts'
import type { Evidence } from '../model/evidence.ts'
import { UserError } from '../model/user-error.ts'
import { evidenceFolder } from '../record/store.ts'
import { guideFiles, integrationsOf, readGuideFile } from './guide-files.ts'

type Kept = Pick<Evidence, 'verdict' | 'attempts' | 'testCase'>

const evidenceOf = async (root: string, { id }: GuideCase): Promise<Kept | undefined> => {
  const text = await readFile(join(root, evidenceFolder, `${id}.json`), 'utf8').catch(
    () => undefined,
  )
  return text === undefined ? undefined : (JSON.parse(text) as Kept)
}

interface Proved {
  readonly proof: ScenarioProof
  /** How many of its cases were run when it said something else. */
  readonly outdated: number
  readonly run: number
}

/** What the last run of each of a page's scenarios came to. */
const proofsOf = async (
  root: string,
  guide: Guide,
  text: string,
  cases: readonly GuideCase[],
): Promise<readonly Proved[]> =>
  Promise.all(
    guide.scenarios.map(async (scenario, index) => {
      const own = cases.filter(({ detail }) => detail.scenarioIndex === index)
      const kept = await Promise.all(
        own.map(async (one) => ({ one, evidence: await evidenceOf(root, one) })),
      )
      const print = fingerprintOf(text, scenario)
      const isOf = ({ evidence }: (typeof kept)[number]): boolean =>
        evidence?.testCase.fingerprint === print
      const proved = kept.filter((one) => isOf(one) && one.evidence?.verdict === 'verified')
      const count = (kind: string) => ({
        proved: proved.filter(({ one }) => one.kind === kind).length,
        all: own.filter((one) => one.kind === kind).length,
      })
      const times = proved.flatMap(({ one: { kind, detail }, evidence }) =>
        kind === 'drill' && detail.target.kind === 'drill'
          ? [{ name: detail.target.drill.name, ...evidence?.attempts[0]?.times }]
          : [],
      )
      return {
        proof: { steps: count('step'), drills: count('drill'), times },
        outdated: kept.filter((one) => one.evidence !== undefined && !isOf(one)).length,
        run: kept.filter(({ evidence }) => evidence !== undefined).length,
      }
    }),
  )

const notRun = (file: string): UserError =>
  new UserError({
    problem: 'no case of this page has evidence, so nothing can be written into it',
    place: { file },
    fix: `npx vitest run ${file}`,
  })

/** What `guide write` is given on its command line. */
interface GuideWriteOptions {
  readonly check?: boolean
  readonly date?: boolean
}

/**
 * `proofbook guide write`: writes what the last run proved under the scenarios of adopted pages. With
 * `check` nothing is written, and the exit status is 1 where something would be.
 */
export const guideWrite = async (
  named: readonly string[],
  { check = false, date = false }: GuideWriteOptions,
): Promise<void> => {
  const loaded = await loadConfig(process.cwd())
  const { root, config } = loaded
  const day = date ? new Date().toISOString().slice(0, 10) : undefined
  const integrations = Object.keys(config.integrations)
  let changes = 0
  for (const file of await guideFiles(loaded, named)) {
    const text = await readGuideFile(root, file)
    const guide = readGuide(file, text)
    if (!guide.adopted) continue
    const [bound] = integrationsOf(guide, loaded)
    const cases = planGuide(guide, {
      integrations,
      ...(bound === undefined ? {} : { integration: bound }),
    })
    const found = await proofsOf(root, guide, text, cases)
    if (found.length > 0 && found.every(({ run }) => run === 0)) throw notRun(file)
    for (const [index, { outdated }] of found.entries())
      if (outdated > 0)
        process.stdout.write(
          `${file}:${guide.scenarios[index]?.place.line}: ${counted(outdated, 'case')} of this scenario ran when it said something else; run it again\n`,
        )
    const written = withProved(
      text,
      guide,
      found.map(({ proof }) => proof),
      day,
    )
    if (written === text) continue
    changes += 1
    if (!check) await writeFile(join(root, file), written)
    process.stdout.write(`${file}: ${check ? 'is not up to date' : 'written'}\n`)
  }
  if (changes === 0) process.stdout.write('nothing to write\n')
  if (check && changes > 0) process.exitCode = 1
}
