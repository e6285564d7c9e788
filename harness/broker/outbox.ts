import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '../model/user-error.ts'

/** Where what could not be published waits, relative to the project's root. */
const outboxFolder = '.proofbook/outbox'

const contract = z.strictObject({
  consumerName: z.string(),
  providerName: z.string(),
  specification: z.literal('pact'),
  contentType: z.literal('application/json'),
  content: z.string().meta({ description: 'base64' }),
})

/** The body of `pb:publish-contracts`. */
const contractsBody = z.strictObject({
  pacticipantName: z.string(),
  pacticipantVersionNumber: z.string(),
  branch: z.string().optional(),
  buildUrl: z.string().optional(),
  contracts: z.array(contract),
})

/** The body of `pb:publish-verification-results`. */
const resultsBody = z.strictObject({
  success: z.boolean(),
  providerApplicationVersion: z.string(),
  buildUrl: z.string().optional(),
  verifiedBy: z.strictObject({ implementation: z.string(), version: z.string() }),
  testResults: z.strictObject({
    tests: z.array(
      z.strictObject({
        interactionId: z.string().optional(),
        interactionDescription: z.string(),
        success: z.boolean(),
        verdict: z.string(),
      }),
    ),
  }),
})

/** Something that is to be published: it holds all that is sent, and no secret. */
const parcel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('contracts'), body: contractsBody }),
  z.strictObject({
    kind: z.literal('results'),
    consumer: z.string(),
    provider: z.string(),
    /** The broker's own link of this contract for results, and the one for the latest of them. */
    link: z.string(),
    latest: z.string().optional(),
    branch: z.string().optional(),
    body: resultsBody,
  }),
])

export type Parcel = z.output<typeof parcel>
/** The body of `pb:publish-contracts`. */
export type ContractsBody = z.output<typeof contractsBody>
/** The body of `pb:publish-verification-results`. */
export type ResultsBody = z.output<typeof resultsBody>
/** Results of one contract. */
export type ResultsParcel = Extract<Parcel, { readonly kind: 'results' }>

/** The same content has the same name, in whatever order its keys came, so that nothing waits twice. */
const nameOf = (one: Parcel): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify(parcel.parse(one)))
    .digest('hex')
  return `${one.kind}-${hash.slice(0, 12)}.json`
}

/** Keeps what was not published, and returns its path relative to the root. */
export const keepInOutbox = async (root: string, one: Parcel): Promise<string> => {
  const path = `${outboxFolder}/${nameOf(one)}`
  await mkdir(join(root, outboxFolder), { recursive: true })
  const draft = join(root, `${path}.${process.pid}.part`)
  await writeFile(draft, `${JSON.stringify(one, null, 2)}\n`)
  await rename(draft, join(root, path))
  return path
}

/** Takes out what was published after all; it may not be there. */
export const removeFromOutbox = (root: string, one: Parcel): Promise<void> =>
  rm(join(root, outboxFolder, nameOf(one)), { force: true })

const readParcel = async (root: string, file: string): Promise<Parcel> => {
  const text = await readFile(join(root, file), 'utf8')
  try {
    return parcel.parse(JSON.parse(text))
  } catch {
    throw new UserError({
      problem: 'this is nothing that Proofbook keeps here',
      place: { file },
      expected: 'what "proofbook publish" left when the broker could not be reached',
      fix: 'delete it, and publish again',
    })
  }
}

/**
 * All that waits, contracts first: results are about contracts that the broker must have.
 *
 * Throws a `UserError` for a file that was not made here.
 */
export const readOutbox = async (root: string): Promise<readonly Parcel[]> => {
  const files = await readdir(join(root, outboxFolder)).catch(() => [])
  return Promise.all(
    files
      .filter((file) => file.endsWith('.json'))
      .toSorted()
      .map((file) => readParcel(root, `${outboxFolder}/${file}`)),
  )
}
