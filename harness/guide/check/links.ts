import { dirname, join, normalize } from 'node:path/posix'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { Comparison, Span } from '../facts/comparison.ts'
import { parseOrNothing } from '../read/parse-page.ts'
import type { Page } from './page.ts'

/** The files that links may lead to, by their paths from the root. */
export interface LinkTargets {
  exists(path: string): Promise<boolean>
  /** The text of a file. */
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

/** The file of the project that a link of a page leads to, and the heading in it. */
const targetOf = (file: string, url: string) => {
  const [path = '', anchor] = decoded(url).split('#')
  const bare = path.replace(/\?.*$/, '')
  const target =
    bare === '' ? file : normalize(join(bare.startsWith('/') ? '.' : dirname(file), bare))
  return { target: target.replace(/\/$/, ''), anchor, isOwn: bare === '' }
}

const isOutside = (url: string): boolean => /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url) || url === ''

interface Link extends Span {
  readonly url: string
}

const linksOf = ({ tree }: Page): readonly Link[] => {
  const links: Link[] = []
  visit(tree, ['link', 'image', 'definition'], ({ position, ...node }) => {
    const from = position?.start.offset ?? 0
    if ('url' in node && !isOutside(node.url))
      links.push({ url: node.url, from, to: position?.end.offset ?? from })
  })
  return links
}

/** The files of the project that a page links to, each once. */
export const linkedFiles = (page: Page): readonly string[] => [
  ...new Set(
    linksOf(page)
      .map(({ url }) => targetOf(page.file, url))
      .flatMap(({ target, isOwn }) => (isOwn || target.startsWith('..') ? [] : [target])),
  ),
]

/** Links, images and definitions of a page, held to the files of the project and their headings. */
export const compareLinks = async (
  page: Page,
  targets: LinkTargets,
): Promise<readonly Comparison[]> => {
  const { file, source, text } = page
  const comparisons: Comparison[] = []
  for (const { url, from, to } of linksOf(page)) {
    const { target, anchor, isOwn } = targetOf(file, url)
    const take = (problem: string | undefined, others: string): void => {
      comparisons.push({
        code: 'page-link',
        came: problem === undefined ? 'agrees' : 'differs',
        span: { from, to },
        place: source.placeAt(from),
        subject: url,
        problem: problem ?? '',
        says: url,
        others,
        wrong: 'page',
      })
    }
    if (target.startsWith('..'))
      take(`this link leads out of the project: ${url}`, 'a file of the project')
    else if (!(await targets.exists(target)))
      take(`this link leads to no file: ${url}`, `a file ${target}`)
    else if (
      anchor !== undefined &&
      /\.md$/i.test(target) &&
      !anchorsOf(isOwn ? text : await targets.read(target)).has(anchor.toLowerCase())
    )
      take(`this link leads to no heading: ${url}`, `a heading of ${target} that makes #${anchor}`)
    else take(undefined, target)
  }
  return comparisons
}
