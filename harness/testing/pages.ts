import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { glob } from 'tinyglobby'

/** The repository, of which the pages and the harness are parts. */
export const repository = join(import.meta.dirname, '../..')

/** A page of Markdown, by its path from the repository. */
export interface Page {
  readonly file: string
  readonly text: string
}

/** One page. */
export const readPage = async (file: string): Promise<Page> => ({
  file,
  text: await readFile(join(repository, file), 'utf8'),
})

/** The pages that match, in order. */
export const readPages = async (...patterns: readonly string[]): Promise<readonly Page[]> => {
  const files = await glob([...patterns], { cwd: repository })
  return Promise.all(files.toSorted().map(readPage))
}

const fencePattern = /^(`{3,}|~{3,})([^\n`]*)\n([\s\S]*?)^\1[`~]*[ \t]*$/gm

/** The fences of a page whose first line says this language. */
export const fencesOf = ({ text }: Page, language: string): readonly string[] =>
  [...text.matchAll(fencePattern)]
    .filter(([, , info = '']) => info.trim() === language)
    .map(([, , , body = '']) => body)

/** A page without its fences: what is prose, and so may hold links and headings. */
export const proseOf = ({ text }: Page): string => text.replaceAll(fencePattern, '')

/** The headings of a page, without their marks: `` `verify` ``, `Exit statuses`. */
export const headingsOf = (page: Page): readonly string[] =>
  [...proseOf(page).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading = '']) => heading)

/** What stands below a heading, up to the next heading of any level; empty where there is none. */
export const sectionOf = ({ text }: Page, heading: string): string => {
  const parts = text.split(/^#{1,6}\s+/m)
  return parts.find((part) => part.split('\n', 1)[0]?.trim() === heading) ?? ''
}
