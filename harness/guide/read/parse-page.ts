import type { Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'

/** The longest page that is read, in characters. */
export const sizeMax = 512 * 1024
/** Quotes and lists in one another beyond this cost the parser seconds. */
export const tooDeep = /^(?:[ \t]*(?:>|[*+-][ \t])){100}/m
/** Images that were pasted as text, mostly; a parser of Markdown can take minutes for such a line. */
export const tooLong = /^.{10001,}$/gm

/** A page as a tree of Markdown with front matter and tables. Throws `RangeError` for a deep one. */
export const parsePage = (text: string): Root =>
  fromMarkdown(text, {
    extensions: [gfm(), frontmatter(['yaml'])],
    mdastExtensions: [gfmFromMarkdown(), frontmatterFromMarkdown(['yaml'])],
  })

/** The same for whoever only looks for something in it: an unreadable page is an empty one. */
export const parseOrNothing = (text: string): Root => {
  const nothing: Root = { type: 'root', children: [] }
  if (text.length > sizeMax || tooDeep.test(text)) return nothing
  try {
    return parsePage(text.replace(tooLong, (line) => ' '.repeat(line.length)))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return nothing
  }
}
