import { z } from 'zod'

/* What several parts of the schema are made of. */

/** A value that is read from the environment when it is needed and masked wherever it would show. */
export const secret = z
  .strictObject({
    env: z.string().min(1).meta({ description: 'name of the environment variable' }),
  })
  .meta({ id: 'secret', description: 'a value from the environment, written env("NAME")' })

export const text = z.union([z.string().min(1), secret])

/** A time, as text. */
export const duration = z
  .string()
  .regex(/^\d+(\.\d+)?\s?(ms|s|m)$/, 'a time such as "500ms", "30s" or "2m"')
  .meta({ id: 'duration', description: 'a time: a number and ms, s or m' })

export const command = z.array(z.string().min(1)).min(1)

export const within = duration
  .optional()
  .meta({ description: 'how long it may take; then the cases are blocked', otherwise: '30s' })

export const readyForms = [
  z.strictObject({
    http: z.string().startsWith('/').meta({ description: 'a path that answers 2xx' }),
    within,
  }),
  z.strictObject({
    port: z.literal(true).meta({ description: 'the port is open' }),
    within,
  }),
  z.strictObject({
    log: z.string().min(1).meta({ description: 'a text that stands in a line of its log' }),
    within,
  }),
] as const
