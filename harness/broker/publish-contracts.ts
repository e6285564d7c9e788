import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Contract } from '../contract/contract.ts'
import { BrokerError } from './broker-error.ts'
import type { Broker } from './client.ts'
import { essence } from './essence.ts'
import { findLink, linkOf, linksOf, type Resource } from './hal.ts'
import type { ContractsBody, Parcel } from './outbox.ts'
import type { Revision } from './revision.ts'
import { branchesOf, notTaken } from './taken.ts'

/** A contract with the text of its file. */
export interface ContractFile {
  readonly contract: Contract
  readonly text: string
}

/**
 * What is sent of these contracts: one parcel for each consumer, each contract whole, byte for byte.
 *
 * @example
 * contractParcels([{ contract, text }], revision).map(({ kind }) => kind) // ['contracts']
 */
export const contractParcels = (
  files: readonly ContractFile[],
  { version, branch, build }: Revision,
): readonly Extract<Parcel, { readonly kind: 'contracts' }>[] =>
  [...Map.groupBy(files, ({ contract }) => contract.consumer)].map(([consumer, own]) => ({
    kind: 'contracts',
    body: {
      pacticipantName: consumer,
      pacticipantVersionNumber: version.value,
      ...(branch === undefined ? {} : { branch: branch.value }),
      ...(build === undefined ? {} : { buildUrl: build.value }),
      contracts: own.map(({ contract, text }) => ({
        consumerName: consumer,
        providerName: contract.provider,
        specification: 'pact',
        contentType: 'application/json',
        content: Buffer.from(text).toString('base64'),
      })),
    },
  }))

const notice = z.looseObject({ type: z.string(), text: z.string() })
const noticesOf = ({ value }: Resource): readonly z.output<typeof notice>[] => {
  const parsed = z.array(notice).safeParse(Reflect.get(Object(value), 'notices'))
  return parsed.success ? parsed.data : []
}

/** Asks for each contract, and for the version with its branch: an answer of 200 alone says little. */
const confirm = async (broker: Broker, body: ContractsBody, answer: Resource): Promise<void> => {
  const worrying = noticesOf(answer).find(({ type }) =>
    ['warning', 'danger', 'error'].includes(type),
  )
  if (worrying !== undefined)
    throw notTaken(`the broker took it with a warning: ${broker.mask(worrying.text)}`, true)
  const links = linksOf(answer, 'pb:contracts')
  if (links.length < body.contracts.length)
    throw notTaken(
      `the broker's answer has ${links.length} links "pb:contracts", and ${body.contracts.length} contracts were sent`,
    )
  const held = await Promise.all(
    links.map(async ({ href }) => essence((await broker.get(href)).value)),
  )
  const missing = body.contracts.find(({ content: text }) => {
    const sent = essence(JSON.parse(Buffer.from(text, 'base64').toString()))
    return !held.some((one) => isDeepStrictEqual(one, sent))
  })
  if (missing !== undefined)
    throw notTaken(
      `the broker holds another contract of ${missing.consumerName} and ${missing.providerName} than was sent`,
    )
  if (body.branch !== undefined) await confirmBranch(broker, body, answer)
}

const confirmBranch = async (
  broker: Broker,
  { branch, pacticipantName, pacticipantVersionNumber }: ContractsBody,
  answer: Resource,
): Promise<void> => {
  const version = await broker.get(linkOf(answer, 'pb:pacticipant-version'))
  const names = branchesOf(version)
  if (branch !== undefined && !names.includes(branch))
    throw notTaken(
      `the broker does not say that version ${pacticipantVersionNumber} of ${pacticipantName} is of the branch ${branch}`,
    )
}

/** What was published, and where the broker has it. */
export interface Published {
  readonly consumer: string
  readonly providers: readonly string[]
  readonly url: string | undefined
}

const conflict = (error: unknown, body: ContractsBody): unknown => {
  if (!(error instanceof BrokerError) || error.status !== 409) return error
  return new BrokerError(
    {
      problem: `version ${body.pacticipantVersionNumber} of ${body.pacticipantName} is published already, with other content: ${error.parts.problem}`,
      expected: 'one content for each version: what was verified must be what is deployed',
      fix: 'commit the change and publish that, or make the consumer tests write the same each time',
    },
    { refused: true, status: 409 },
  )
}

/**
 * Publishes the contracts of one consumer at once, and asks the broker whether it has them. The same
 * again changes nothing.
 *
 * Throws a `BrokerError`; for other content under the same version with the broker's own reason.
 */
export const publishContracts = async (broker: Broker, body: ContractsBody): Promise<Published> => {
  const index = await broker.index()
  try {
    const answer = await broker.send('POST', linkOf(index, 'pb:publish-contracts'), body)
    await confirm(broker, body, answer)
    return {
      consumer: body.pacticipantName,
      providers: body.contracts.map(({ providerName }) => providerName),
      url: findLink(answer, 'pb:pacticipant-version'),
    }
  } catch (error) {
    throw conflict(error, body)
  }
}
