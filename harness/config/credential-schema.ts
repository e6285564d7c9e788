import { z } from 'zod'
import { text } from './schema-parts.ts'

const tokenFields = {
  scopes: z
    .array(z.string())
    .optional()
    .meta({ description: 'the scopes it has', otherwise: 'all that are asked for' }),
  rejected: z.int().min(400).max(499).optional().meta({
    description:
      'the status with which it is turned away; it is used only where a guide or a state names it',
  }),
}

const basic = z.strictObject({
  user: text.meta({ description: 'the name of the user' }),
  password: text.meta({ description: 'the password' }),
})

/** How a request says who sends it. */
export const credential = z
  .union([
    z.strictObject({
      bearer: text.meta({ description: 'sent as Authorization: Bearer …' }),
      ...tokenFields,
    }),
    z.strictObject({
      basic: basic.meta({ description: 'sent as Authorization: Basic …' }),
      ...tokenFields,
    }),
    z.strictObject({
      header: z
        .record(z.string(), text)
        .meta({ description: 'headers by their names, sent with every request' }),
      ...tokenFields,
    }),
    z.strictObject({
      query: z
        .record(z.string(), text)
        .meta({ description: 'query parameters by their names, sent with every request' }),
      ...tokenFields,
    }),
    z.strictObject({
      cookie: z
        .record(z.string(), text)
        .meta({ description: 'cookies by their names, sent with every request' }),
      ...tokenFields,
    }),
  ])
  .meta({ description: 'how a request says who sends it' })
