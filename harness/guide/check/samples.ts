import type { Parents, RootContent } from 'mdast'
import { visit } from 'unist-util-visit'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource } from '../read/source.ts'
import type { Doubt, KnownFacts, KnownOperation } from './doubt.ts'
import { operationOf } from './operation-of.ts'

const endpoint = /^(GET|POST|PUT|PATCH|DELETE)\s+(\/[^\s?#]*)/

/** The operation that the words right above a sample name last. */
const operationAbove = (
  above: RootContent | undefined,
  operations: readonly KnownOperation[],
): KnownOperation | undefined => {
  if (above === undefined || above.type === 'code') return undefined
  let found: KnownOperation | undefined
  visit(above, 'inlineCode', ({ value }) => {
    const [, method, path] = endpoint.exec(value) ?? []
    if (method !== undefined && path !== undefined)
      found = operationOf(operations, method, path) ?? found
  })
  return found
}

const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    // Shortened with dots, or with comments: nothing to compare.
    return undefined
  }
}

/**
 * `json` fences below words that name an operation, and that are neither a body which the spec takes
 * there nor one that it answers. Where nothing but members are missing, it is a note: samples may be
 * shortened.
 */
export const checkSamples = async (
  file: string,
  text: string,
  facts: readonly KnownFacts[],
): Promise<readonly Doubt[]> => {
  const operations = facts.flatMap((one) => one.operations ?? [])
  const source = makeSource(file, text)
  const samples: { readonly operation: KnownOperation; readonly value: unknown; at: number }[] = []
  visit(parseOrNothing(text), 'code', (node, index, parent: Parents | undefined) => {
    if (node.lang !== 'json' || index === undefined) return
    const operation = operationAbove(parent?.children[index - 1], operations)
    const sample = parsed(node.value)
    if (operation !== undefined && sample !== undefined)
      samples.push({ operation, value: sample.value, at: node.position?.start.offset ?? 0 })
  })
  const doubts = await Promise.all(
    samples.map(async ({ operation, value, at }): Promise<Doubt | undefined> => {
      const broken = await operation.breaks?.(value)
      if (broken === undefined) return undefined
      const { method, path } = operation
      return {
        severity: broken.onlyMissing ? 'note' : 'wrong',
        parts: {
          problem: `this sample is no body of ${method} ${path}: ${broken.actual}`,
          place: source.placeAt(at),
          expected: broken.expected,
          fix: 'correct the sample, or the spec',
        },
      }
    }),
  )
  return doubts.flatMap((doubt) => (doubt === undefined ? [] : [doubt]))
}
