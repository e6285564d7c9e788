import { UserError } from '../model/user-error.ts'
import type { Testbed } from '../testbed/testbed.ts'
import type { StateValues } from './states.ts'
import { defaultExportOf } from './handlers-module.ts'

/** What goes with the contents of a message: `contentType`, a topic, a key. */
export type MessageMetadata = Readonly<Record<string, unknown>>

/** A message as the provider said it. */
export interface ProducedMessage {
  /**
   * Bytes go as they are (`application/octet-stream`), a text too (`text/plain`), everything else as
   * JSON; `metadata.contentType` says otherwise. `undefined`: a message without contents.
   */
  readonly contents: unknown
  readonly metadata?: MessageMetadata
}

/** What the consumer of a synchronous message sends, as its contract has it (Pact 4). */
export interface MessageRequest {
  readonly contents?: unknown
  readonly metadata?: MessageMetadata
}

/**
 * Has the provider of one testbed say a message, and returns what it said.
 *
 * `parameters` are those of the provider states, and over them what their handlers returned.
 * `request` is what a synchronous message answers. What it throws fails the interaction.
 */
export type MessageProducer = (
  parameters: StateValues,
  testbed: Testbed,
  request: MessageRequest,
) => Promise<ProducedMessage> | ProducedMessage

/** Producers by the description of their message, as contracts have it. */
export type MessageProducers = Readonly<Record<string, MessageProducer>>

/**
 * Types the default export of a module of message producers.
 *
 * @example
 * export default defineMessages({
 *   'an order was placed': async (parameters, testbed) => {
 *     await fetch(`${testbed.description.providerUrl}/orders`, { method: 'POST' })
 *     const [row] = await testbed.database().query('SELECT message FROM outbox')
 *     return { contents: row?.['message'], metadata: { topic: 'orders' } }
 *   },
 * })
 */
export const defineMessages = <const Producers extends MessageProducers>(
  producers: Producers,
): Producers => producers

/**
 * The producers of a loaded module: its default export.
 *
 * `file` is the module's path, for messages. Throws a `UserError` that names the file and the
 * message for anything that is no producer.
 *
 * @example
 * const producers = messageProducersOf('fixtures/orders.messages.ts', await import(path))
 */
export const messageProducersOf = (file: string, module: unknown): MessageProducers => {
  const exported = defaultExportOf(file, module, {
    what: 'message producers',
    short: 'producers',
    expected:
      'export default defineMessages({ "description of the message": async (parameters, testbed) => ({ contents }) })',
  })
  for (const [description, producer] of Object.entries(exported)) {
    if (typeof producer === 'function') continue
    throw new UserError({
      problem: `the producer of the message ${JSON.stringify(description)} is no function`,
      place: { file },
      expected: 'async (parameters, testbed) => ({ contents, metadata })',
      fix: 'write it as a function',
    })
  }
  return exported as MessageProducers
}
