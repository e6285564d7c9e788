import { readdir } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { toString as plainText } from 'mdast-util-to-string'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfm } from 'micromark-extension-gfm'
import { glob } from 'tinyglobby'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import { readPages, repository, type Page } from './testing/pages.ts'

const treeOf = ({ text }: Page) =>
  fromMarkdown(text, {
    extensions: [frontmatter(), gfm()],
    mdastExtensions: [frontmatterFromMarkdown(), gfmFromMarkdown()],
  })

/** Where the links, images and definitions of a page lead, as far as that is in the repository. */
const linksOf = (page: Page): readonly string[] => {
  const urls: string[] = []
  visit(treeOf(page), ['link', 'image', 'definition'], (node) => {
    if ('url' in node) urls.push(node.url)
  })
  return urls.filter((url) => !/^[a-z][a-z+.-]*:|^\/\//i.test(url))
}

const anchors = new WeakMap<Page, readonly string[]>()

/** The anchors of a page, read once: many links lead to the same one. */
const anchorsOf = (page: Page): readonly string[] => {
  const known = anchors.get(page) ?? readAnchors(page)
  anchors.set(page, known)
  return known
}

/** The anchors that GitHub gives the headings of a page. */
const readAnchors = (page: Page): readonly string[] => {
  const found: string[] = []
  visit(treeOf(page), 'heading', (node) => {
    const anchor = plainText(node)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-')
    const same = found.filter((one) => one.replace(/-\d+$/, '') === anchor).length
    found.push(same === 0 ? anchor : `${anchor}-${same}`)
  })
  return found
}

/** What of a page's links leads nowhere. `files` are all paths of the repository. */
const deadLinks = (
  page: Page,
  pages: readonly Page[],
  files: ReadonlySet<string>,
): readonly string[] =>
  linksOf(page).filter((url) => {
    const [path = '', anchor] = decodeURI(url).split('#')
    const target = path === '' ? page.file : normalize(join(dirname(page.file), path))
    if (!files.has(target.replace(/\/$/, ''))) return true
    if (anchor === undefined) return false
    const linked = [page, ...pages].find(({ file }) => file === target)
    return linked === undefined || !anchorsOf(linked).includes(anchor)
  })

/** Made here and in no clone, so that a page may name what is not there yet. */
const made = ['node_modules', 'dist', '.proofbook', '.git']

const listed = await glob(['**'], {
  cwd: repository,
  dot: true,
  onlyFiles: false,
  expandDirectories: false,
  ignore: made.map((folder) => `${folder}/**`),
})
const files = new Set(listed.map((path) => path.replace(/\/$/, '')))
const pages = await readPages('*.md', 'docs/*.md', 'guides/*.md', 'fixtures/**/*.md')

test.each(pages)('$file links to nothing that is not there', (page) => {
  expect(deadLinks(page, pages, files)).toEqual([])
})

describe('a dead link', () => {
  const other: Page = { file: 'docs/b.md', text: '# One `two`: three\n\n# Same\n\n# Same\n' }
  const all = new Set(['a.md', 'docs', 'docs/b.md', 'guides/c.md'])

  test.each<[what: string, text: string, dead: readonly string[]]>([
    ['none outside', '[x](https://example.com/y) [x](mailto:a@example.com)', []],
    ['none to files and folders', '[x](docs/b.md) [x](docs/)', []],
    [
      'none to anchors',
      '[x](docs/b.md#one-two-three) [x](docs/b.md#same-1) [x](#here)\n\n## Here',
      [],
    ],
    ['a file', '[x](docs/c.md)', ['docs/c.md']],
    ['a picture', '![x](docs/picture.svg)', ['docs/picture.svg']],
    ['a definition', '[x][1]\n\n[1]: docs/d.md', ['docs/d.md']],
    ['an anchor elsewhere', '[x](docs/b.md#one)', ['docs/b.md#one']],
    ['an anchor here', '[x](#there)', ['#there']],
    ['none in code', '```md\n[x](docs/c.md)\n```\n\n`[x](docs/c.md)`', []],
  ])('%s', (_, text, dead) => {
    expect(deadLinks({ file: 'a.md', text }, [other], all)).toEqual(dead)
  })

  test('is looked up from where the page is', () => {
    const page: Page = { file: 'guides/c.md', text: '[x](../docs/b.md) [x](docs/b.md)' }
    expect(deadLinks(page, [other], all)).toEqual(['docs/b.md'])
  })
})

/** What stands in backticks and looks like a path of the repository. */
const pathsOf = (page: Page, tops: readonly string[]): readonly string[] => {
  const paths: string[] = []
  visit(treeOf(page), 'inlineCode', ({ value }) => {
    if (!/^[\w./{},*-]+$/.test(value)) return
    const [top = ''] = value.split('/')
    const isFile = /^[\w./{},*-]+\.(?:ts|md|json|ya?ml|sql)$/.test(value)
    if (made.includes(top) || !(isFile || (value.includes('/') && tops.includes(top)))) return
    paths.push(value)
  })
  return paths
}

/** The paths that are not there; `*`, `{a,b}` and NAME stand for what there must be at least one of. */
const missingOf = async (paths: readonly string[]): Promise<readonly string[]> => {
  const found = await Promise.all(
    paths.map(async (path) => {
      const pattern = path.replaceAll('NAME', '*').replace(/\/$/, '')
      const options = { dot: true, onlyFiles: false, expandDirectories: false }
      const [first] = await glob([pattern, `harness/${pattern}`], { cwd: repository, ...options })
      return first !== undefined
    }),
  )
  return paths.filter((_, index) => found[index] !== true)
}

describe('a path in backticks in ARCHITECTURE.md', async () => {
  const tops = [
    ...(await readdir(repository)),
    ...(await readdir(join(repository, 'harness'))),
  ].filter((name) => !made.includes(name))

  test('is there', async () => {
    const named = pages
      .filter(({ file }) => file === 'ARCHITECTURE.md')
      .flatMap((page) => pathsOf(page, tops))
    expect(await missingOf(named)).toEqual([])
  })

  test('is told from what is none, and missed where it is not there', async () => {
    const text =
      '`harness/model/verdict.ts` `spec/checks/NAME.ts` `harness/*/codes.ts` `harness/model/` `application/json` `npm test` `.proofbook/evidence` `harness/nowhere/` `nothing.ts`'
    const paths = pathsOf({ file: 'ARCHITECTURE.md', text }, tops)
    expect(paths).not.toContain('application/json')
    expect(await missingOf(paths)).toEqual(['harness/nowhere/', 'nothing.ts'])
  })
})
