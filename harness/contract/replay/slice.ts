import { applyEdits, modify } from 'jsonc-parser'
import type { InteractionDetail } from '../contract.ts'
import { at, parsedJson } from '../json-text.ts'

/**
 * Plugins that the contract's metadata names crash the native library where they are not installed,
 * also for interactions that use none. Those that do use one never come here.
 */
const withoutPlugins = (metadata: string): string =>
  at(parsedJson(metadata).root, 'plugins') === undefined
    ? metadata
    : applyEdits(metadata, modify(metadata, ['plugins'], undefined, {}))

/**
 * A contract of one interaction, in the text that the consumer wrote: nothing is parsed and printed
 * again, because `1.0` and `1` are not the same to Pact.
 *
 * @example
 * sliceOf(testCase.detail, testCase.detail.interaction.source)
 */
export const sliceOf = (
  { head, interaction, specification }: InteractionDetail,
  source: string,
): string => {
  const list = interaction.kind !== 'http' && specification !== '4' ? 'messages' : 'interactions'
  const metadata = head.metadata === undefined ? '' : `,"metadata":${withoutPlugins(head.metadata)}`
  return `{"consumer":${head.consumer},"provider":${head.provider},"${list}":[${source}]${metadata}}`
}
