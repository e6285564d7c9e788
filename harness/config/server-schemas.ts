import { z } from 'zod'
import { command, readyForms, secret, within } from './schema-parts.ts'

/* Dependencies that are servers of this machine. */

export const redis = z.strictObject({
  type: z.literal('redis').meta({ description: 'written redis()' }),
})

export const rabbitmq = z.strictObject({
  type: z.literal('rabbitmq').meta({ description: 'written rabbitmq()' }),
})

const hook = (name: string) =>
  z
    .string()
    .min(1)
    .meta({ description: `a module that exports ${name}({ url, host, port })` })

export const program = z.strictObject({
  type: z.literal('command').meta({ description: 'written command({ … })' }),
  command: command.meta({ description: 'program and arguments; {port} is the port to listen on' }),
  cwd: z
    .string()
    .optional()
    .meta({ description: 'the folder it is started in', otherwise: 'that of the config' }),
  environment: z
    .record(z.string(), z.union([z.string(), secret]))
    .optional()
    .meta({
      description:
        'variables it is started with, beside PATH, HOME, LANG and TMPDIR; {port} is filled',
    }),
  ready: z
    .union([...readyForms, z.strictObject({ module: hook('ready'), within })])
    .optional()
    .meta({
      description: 'when it counts as ready; a module is run in a process of its own',
      otherwise: '{ port: true }',
    }),
  reset: z
    .strictObject({ module: hook('reset') })
    .optional()
    .meta({
      description:
        'empties it between testbeds, in a process of its own, so that it need not be started for each',
      otherwise: 'a fresh process for each testbed',
    }),
})
