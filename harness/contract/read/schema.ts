import { z } from 'zod'

const party = z.looseObject({ name: z.string('a name').trim().min(1, 'a name') })

const states = z.union([
  z.string(),
  z.null(),
  z.array(
    z.union([
      z.string(),
      z.looseObject({ name: z.string(), params: z.record(z.string(), z.unknown()).nullish() }),
    ]),
  ),
])

const fields = {
  description: z.string(),
  provider_state: states.optional(),
  providerState: states.optional(),
  providerStates: states.optional(),
  pending: z.boolean().optional(),
  pluginConfiguration: z.record(z.string(), z.unknown()).optional(),
}

const http = z.looseObject({
  ...fields,
  type: z.literal('Synchronous/HTTP').optional(),
  request: z.looseObject({
    method: z.string().min(1).optional(),
    path: z.string().optional(),
  }),
  response: z.looseObject({ status: z.int().min(100).max(599).optional() }),
})

const asynchronousMessage = z.looseObject({
  ...fields,
  type: z.literal('Asynchronous/Messages').optional(),
})

const synchronousMessage = z.looseObject({
  ...fields,
  type: z.literal('Synchronous/Messages'),
  request: z.looseObject({}),
  response: z.array(z.looseObject({})).optional(),
})

const metadata = z.looseObject({
  plugins: z.array(z.looseObject({ name: z.string(), version: z.string().optional() })).nullish(),
})

/** The contract as a whole; what its interactions hold is checked one by one. */
export const contractSchema = z.looseObject({
  consumer: party,
  provider: party,
  interactions: z.array(z.looseObject({})).optional(),
  messages: z.array(z.looseObject({})).optional(),
  metadata: metadata.nullish(),
})

/** One interaction, by its kind. */
export const interactionSchemas = {
  http,
  'asynchronous-message': asynchronousMessage,
  'synchronous-message': synchronousMessage,
} as const

/** A valid interaction before its states and plugin are brought to one form. */
export type ReadInteraction = z.output<
  typeof http | typeof asynchronousMessage | typeof synchronousMessage
>
/** All forms in which the specification versions write provider states. */
export type ReadStates = z.output<typeof states>
