import { z } from 'zod'

const shown = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional()

const mismatch = z.object({
  type: z.string(),
  mismatch: z.string().default(''),
  expected: shown,
  actual: shown,
  path: z.string().optional(),
  key: z.string().optional(),
})

const failure = z.object({
  type: z.string(),
  message: z.string().optional(),
  mismatches: z.array(mismatch).optional(),
})

const errorEntry = z.object({ interaction: z.string().default(''), mismatch: failure })

const pactResult = z.object({
  result: z.boolean(),
  errors: z.array(errorEntry),
  pendingErrors: z.array(errorEntry),
  interactionResults: z.array(
    z.object({
      description: z.string().optional(),
      result: z.string(),
      mismatch: failure.optional(),
    }),
  ),
})

/** One mismatch, as pact-core 20.2 reports it. */
export type PactMismatch = z.output<typeof mismatch>
/** Why an interaction failed: mismatches, or a message. */
export type PactFailure = z.output<typeof failure>
/** The parts of pact-core's JSON that are judged. */
export type PactResult = z.output<typeof pactResult>

/**
 * Pact's JSON, or why it is not what pact-core 20.2 writes: then nothing in it is believed.
 *
 * @example
 * parsePactResult('{}') // { problem: '"result" is missing or of another type' }
 */
export const parsePactResult = (json: string): PactResult | { readonly problem: string } => {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { problem: 'it is not JSON' }
  }
  const parsed = pactResult.safeParse(value)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.join('.') ?? ''
  return { problem: path === '' ? 'it is no object' : `"${path}" is missing or of another type` }
}
