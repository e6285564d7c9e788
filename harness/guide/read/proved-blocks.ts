/** What stands between these is written by `proofbook guide write`, and is no part of the page. */
export const provedStart = '<!-- proved: written by `proofbook guide write` -->'
export const provedEnd = '<!-- /proved -->'

/** Such blocks with the lines that they stand on. */
const block = new RegExp(`^${provedStart}[ \\t]*\\r?\\n[\\s\\S]*?^${provedEnd}[ \\t]*$`, 'gm')

/** The blocks of a page. */
export const provedBlocksIn = (text: string): readonly { readonly text: string; at: number }[] =>
  [...text.matchAll(block)].map(({ 0: found, index }) => ({ text: found, at: index }))

/**
 * A page with blanks in the place of what was written into it, so that nothing of that is read and
 * everything else stands where it stood.
 *
 * @example
 * withoutProved(text).split('\n').length // as many lines as before
 */
export const withoutProved = (text: string): string =>
  text.replaceAll(block, (found) => found.replaceAll(/[^\r\n]/g, ' '))
