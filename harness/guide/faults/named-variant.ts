import { nearest } from '../../model/nearest.ts'
import type { FaultProblem, ParsedFault } from './fault-kind.ts'

/** One thing that a kind of fault can do, as a page writes it after the name of the part. */
export interface VariantWords<Variant> {
  /** Such as ``answers `503` ``. */
  readonly words: string
  /** Reads the whole text; `undefined` where it is not this one. */
  parse(text: string): Variant | undefined
}

const bare = (text: string): string =>
  text.replaceAll(/`[^`]*`/g, '``').replaceAll(/\s*\[[^\]]*\]/g, '')

/**
 * Reads ``\`NAME\`, VARIANT``: the name of the part that the fault is put on, and what is done to it.
 *
 * @example
 * parseVariant('stub', '`payments`, answers `503`', variants) // { fault: { name: 'payments', variant: … } }
 */
export const parseVariant = <Variant>(
  kind: string,
  text: string,
  variants: readonly VariantWords<Variant>[],
): ParsedFault<{ readonly name: string; readonly variant: Variant }> => {
  const expected = variants.map(({ words }) => `${kind} \`NAME\`, ${words}`).join('; ')
  const fail = (problem: string, fix?: string): { readonly problem: FaultProblem } => ({
    problem: { problem, expected, ...(fix === undefined ? {} : { fix }) },
  })
  const head = /^`([^`]+)`\s*,\s*/.exec(text)
  if (head === null) return fail(`the fault does not name its ${kind}: ${kind} ${text}`)
  const rest = text.slice(head[0].length).replace(/[\s.]+$/, '')
  for (const one of variants) {
    const variant = one.parse(rest)
    if (variant !== undefined) return { fault: { name: head[1] ?? '', variant } }
  }
  const known = new Map(variants.map(({ words }) => [bare(words), words]))
  const meant = nearest(bare(rest), known.keys())
  return fail(
    `this is nothing that can be done to a ${kind}: ${rest}`,
    meant === undefined ? undefined : `write it as: ${known.get(meant)}`,
  )
}
