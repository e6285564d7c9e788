import { dirname, join, normalize } from 'node:path/posix'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import { parseOrNothing } from '../read/parse-page.ts'
import { makeSource } from '../read/source.ts'
import type { Doubt } from './doubt.ts'

/** The files that links may lead to, by their paths from the root. */
export interface LinkTargets {
  exists(path: string): Promise<boolean>
  /** The text of a Markdown page. */
  read(path: string): Promise<string>
}

/** The anchors that GitHub gives the headings of a page. */
const anchorsOf = (text: string): ReadonlySet<string> => {
  const counts = new Map<string, number>()
  const anchors = new Set<string>()
  visit(parseOrNothing(text), 'heading', (node) => {
    const anchor = toString(node)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-')
    const count = counts.get(anchor) ?? 0
    counts.set(anchor, count + 1)
    anchors.add(count === 0 ? anchor : `${anchor}-${count}`)
  })
  return anchors
}

const decoded = (url: string): string => {
  try {
    return decodeURI(url)
  } catch {
    return url
  }
}

/** Links, images and definitions of a page that lead to no file of the project, or to no heading. */
export const checkLinks = async (
  file: string,
  text: string,
  targets: LinkTargets,
): Promise<readonly Doubt[]> => {
  const source = makeSource(file, text)
  const links: { readonly url: string; readonly offset: number }[] = []
  visit(parseOrNothing(text), ['link', 'image', 'definition'], (node) => {
    if ('url' in node) links.push({ url: node.url, offset: node.position?.start.offset ?? 0 })
  })
  const doubts: Doubt[] = []
  for (const { url, offset } of links) {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url) || url === '') continue
    const [path = '', anchor] = decoded(url).split('#')
    const target =
      path === '' ? file : normalize(join(path.startsWith('/') ? '.' : dirname(file), path))
    const place = source.placeAt(offset)
    const wrong = (problem: string, expected: string): void => {
      doubts.push({ severity: 'wrong', parts: { problem, place, expected } })
    }
    if (target.startsWith('..')) {
      wrong(`this link leads out of the project: ${url}`, 'a file of the project')
      continue
    }
    if (!(await targets.exists(target.replace(/\/$/, '')))) {
      wrong(`this link leads to no file: ${url}`, `a file ${target}`)
      continue
    }
    if (anchor === undefined || !/\.md$/i.test(target)) continue
    if (!anchorsOf(path === '' ? text : await targets.read(target)).has(anchor.toLowerCase()))
      wrong(`this link leads to no heading: ${url}`, `a heading of ${target} that makes #${anchor}`)
  }
  return doubts
}
