import { readFile } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { z } from 'zod'
import type { KnownFinding } from '../model/known.ts'
import { UserError } from '../model/user-error.ts'
import { writeWhole } from './whole-file.ts'

/** Where known findings are kept where nobody names another file. */
export const usualBaseline = 'proofbook.baseline.json'

const text = z.string().max(2000)
const longText = z.string().max(1_000_000)

/** A day of the calendar: 2026-02-30 is none. */
export const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) &&
  !Number.isNaN(Date.parse(day)) &&
  new Date(day).toISOString().startsWith(day)

const taking = z.strictObject({
  name: text,
  from: z.union([
    z.strictObject({ header: text, keep: z.enum(['all', 'path', 'last']) }),
    z.strictObject({ pointer: text }),
  ]),
})

const request = z.strictObject({
  method: text,
  target: longText,
  headers: z.array(z.tuple([text, longText])),
  body: z.union([longText, z.strictObject({ base64: longText })]).optional(),
  credentials: z.array(text),
  takes: z.array(taking),
})

/** What the last request of a recipe is sent for; whoever planned it knows the rest. */
const purpose = z.looseObject({
  kind: z.enum(['valid', 'setup', 'invalid', 'odd', 'aside', 'method', 'stranger']),
})

/** What is sent again to see whether a finding is still there. */
export const recipeSchema = z.strictObject({
  requests: z.array(request).min(1).max(500),
  purpose,
})

const known = z.strictObject({
  integration: text,
  code: text,
  subject: text,
  spec: text,
  file: text,
  pointer: text,
  aspect: text.optional(),
  because: text.min(1),
  until: z.string().refine(isDay, 'a day, YYYY-MM-DD'),
  case: text,
  seed: z.int(),
  recipe: recipeSchema.optional(),
})

const baseline = z.strictObject({
  schemaVersion: z.literal(1),
  findings: z.array(known).max(10_000),
})

/** Relative to the root where it lies in there, as all files are named. */
const shownPath = (root: string, file: string): string =>
  isAbsolute(file) ? relative(root, file) || file : file

const bytesMax = 20 * 1024 * 1024

const contentOf = (place: { readonly file: string }, content: string): readonly KnownFinding[] => {
  if (content.length > bytesMax)
    throw new UserError({ problem: 'this baseline is larger than 20 MiB', place })
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch (error) {
    throw new UserError({
      problem: `this is no JSON: ${(error as Error).message}`,
      place,
      fix: 'restore it, or delete it and accept again: npx proofbook accept',
    })
  }
  const parsed = baseline.safeParse(value)
  if (parsed.success) return parsed.data.findings as readonly KnownFinding[]
  const [first, ...others] = parsed.error.issues.map(({ path, message }) => ({
    problem: `${path.join('.') || 'the file'}: ${message}`,
    place,
    expected: 'what "npx proofbook accept" writes',
  }))
  throw new UserError(first ?? { problem: 'this is no baseline', place }, others)
}

/**
 * Reads the findings that are known.
 *
 * Throws a `UserError` where there is no such file, and for each entry that cannot be read.
 *
 * @example
 * const known = await readBaseline(root, 'proofbook.baseline.json')
 */
export const readBaseline = async (
  root: string,
  file: string,
): Promise<readonly KnownFinding[]> => {
  const place = { file: shownPath(root, file) }
  const path = isAbsolute(file) ? file : join(root, file)
  const content = await readFile(path, 'utf8').catch(() => undefined)
  if (content === undefined)
    throw new UserError({
      problem: 'there is no such baseline',
      place,
      fix: `write it from the last run: npx proofbook accept --because TEXT --until YYYY-MM-DD --baseline ${place.file}`,
    })
  return contentOf(place, content)
}

/** The same, and none where there is no such file yet. */
export const readBaselineIfAny = async (
  root: string,
  file: string,
): Promise<readonly KnownFinding[]> => {
  const content = await readFile(isAbsolute(file) ? file : join(root, file), 'utf8').catch(
    () => undefined,
  )
  return content === undefined ? [] : contentOf({ file: shownPath(root, file) }, content)
}

const orderOf = ({ integration, code, subject, pointer, aspect }: KnownFinding): string =>
  JSON.stringify([integration, subject, code, pointer, aspect])

/** Writes the findings that are known, in a stable order, whole or not at all. */
export const writeBaseline = async (
  root: string,
  file: string,
  findings: readonly KnownFinding[],
): Promise<void> => {
  const path = isAbsolute(file) ? file : join(root, file)
  const sorted = findings.toSorted((a, b) => orderOf(a).localeCompare(orderOf(b), 'en'))
  await writeWhole(path, `${JSON.stringify({ schemaVersion: 1, findings: sorted }, null, 2)}\n`)
}
