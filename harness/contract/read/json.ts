import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser'
import { UserError } from '../../model/user-error.ts'
import { lineAndColumn } from '../json-text.ts'

/** Deeper nesting is refused: nothing that a consumer wrote by hand comes near it. */
const depthMax = 1000

/** The offset at which nesting passes the bound, if any. A loop, so that it needs no stack. */
const tooDeepAt = (text: string): number | undefined => {
  let depth = 0
  let inText = false
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (inText) {
      if (code === 0x5c) index += 1
      else if (code === 0x22) inText = false
    } else if (code === 0x22) inText = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > depthMax) return index
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return undefined
}

const words = (code: ParseError['error']): string =>
  printParseErrorCode(code)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()

/**
 * The tree of a JSON text from outside.
 *
 * Throws a `UserError` with line and column where it is no JSON, ends early, or nests deeper than
 * 1,000 levels.
 *
 * @example
 * readJson('contracts/a.json', '{"consumer":') // throws: contracts/a.json:1:13: the file ends ...
 */
export const readJson = (file: string, text: string): Node => {
  const deep = tooDeepAt(text)
  if (deep !== undefined) {
    throw new UserError({
      problem: `the contract is nested deeper than ${depthMax} levels`,
      place: { file, ...lineAndColumn(text, deep) },
      expected: `at most ${depthMax} levels of objects and arrays`,
      fix: 'record a smaller body; a matching rule needs one level of it, not all',
    })
  }
  const end = text.trimEnd().length
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false })
  const [error] = errors
  if (end === 0) {
    throw new UserError({
      problem: 'the file is empty',
      place: { file, line: 1, column: 1 },
      expected: 'a Pact contract: an object with consumer, provider and interactions',
      fix: 'run the consumer tests that write it again',
    })
  }
  if (error !== undefined || root === undefined) {
    const offset = error?.offset ?? 0
    const truncated = offset >= end || offset + (error?.length ?? 0) >= end
    throw new UserError({
      problem: truncated
        ? 'the file ends in the middle of the JSON: it was cut off'
        : `the file is not JSON: ${error === undefined ? 'no value' : words(error.error)}`,
      place: { file, ...lineAndColumn(text, truncated ? end : offset) },
      expected: 'a whole JSON document (RFC 8259)',
      fix: truncated
        ? 'run the consumer tests that write it again, or fetch it again'
        : 'mend the file at that place, or run the consumer tests that write it again',
    })
  }
  return root
}
