import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { glob } from 'tinyglobby'
import { loadConfig } from '../config/load.ts'
import type { ValidConfig } from '../config/schema.ts'
import { commandsToStandIn } from '../guide/check/parts.ts'
import { readGuide } from '../guide/read/read-guide.ts'
import type { Fence, Guide } from '../guide/types.ts'
import { counted } from '../model/counted.ts'
import { withFrontMatter } from '../guide/with-front-matter.ts'
import { nearest } from '../model/nearest.ts'
import { UserError } from '../model/user-error.ts'

const pagesMax = 5000

interface Page {
  /** Absolute path of what is taken over. */
  readonly from: string
  /** Its path below the folder of guides. */
  readonly to: string
}

const pagesOf = async (root: string, old: string): Promise<readonly Page[]> => {
  const from = resolve(root, old)
  const stats = await stat(from).catch(() => undefined)
  if (stats === undefined)
    throw new UserError({ problem: 'there is no such page or folder', place: { file: old } })
  if (stats.isFile()) return [{ from, to: basename(from) }]
  const files = await glob(['**/*.{md,markdown}'], {
    cwd: from,
    ignore: ['**/node_modules/**', '**/.git/**'],
    followSymbolicLinks: false,
  })
  if (files.length === 0 || files.length > pagesMax)
    throw new UserError({
      problem:
        files.length === 0 ? 'the folder holds no Markdown page' : `it holds ${files.length} pages`,
      place: { file: old },
      expected: `1 to ${pagesMax} files named *.md`,
    })
  return files.toSorted().map((file) => ({
    from: join(from, file),
    to: file.replace(/\.markdown$/, '.md'),
  }))
}

const integrationOf = ({ integrations }: ValidConfig, wanted: string | undefined): string => {
  const known = Object.keys(integrations)
  const [only] = known
  const name = wanted ?? (known.length === 1 ? only : undefined)
  if (name !== undefined && known.includes(name)) return name
  const meant = nearest(wanted ?? '', known)
  throw new UserError({
    problem:
      wanted === undefined
        ? 'the config has several integrations, and the pages name none'
        : `there is no integration "${wanted}"`,
    expected: `one of ${known.join(', ')}`,
    fix: `--integration ${meant ?? only ?? ''}`,
  })
}

const allFences = ({ scenarios }: Guide): readonly Fence[] =>
  scenarios.flatMap(({ given, steps, rollback, drills }) => [
    ...[given, ...steps, rollback].flatMap((part) => part?.fences ?? []),
    ...drills.flatMap(({ fences }) => Object.values(fences).flat()),
  ])

const fencesText = (fences: readonly Fence[]): string => {
  const counts = new Map<string, number>()
  for (const { language } of fences) counts.set(language, (counts.get(language) ?? 0) + 1)
  return [...counts].map(([language, count]) => `${count} ${language}`).join(', ') || 'none'
}

/** What a page holds, so that its owner sees what would run once it is adopted. */
const report = (file: string, guide: Guide, commands: readonly string[]): readonly string[] => {
  const { scenarios, claims, problems } = guide
  const steps = scenarios.flatMap((scenario) => scenario.steps)
  const drills = scenarios.flatMap((scenario) => scenario.drills)
  const lacking = commandsToStandIn(guide, commands)
  return [
    file,
    `  claims    ${counted(steps.length, 'step')} and ${counted(drills.length, 'drill')} in ${counted(scenarios.length, 'scenario')}, ${claims.length} beside them`,
    `  fences    ${fencesText(allFences(guide))}`,
    ...(problems.length === 0
      ? []
      : [`  problems  ${problems.length}, which would be errors once it is adopted`]),
    ...lacking.map(({ text, place }) => `  stand-in  line ${place.line} needs one: $ ${text}`),
  ]
}

interface Ready extends Page {
  readonly target: string
  readonly text: string
  readonly changed: boolean
}

/**
 * `proofbook guide import OLD…`: takes over pages as guides. They get front matter, not adopted, and
 * nothing else changes; nothing in them is run. Nothing is written where one of them is in the way
 * of a file that is there.
 */
export const guideImport = async (
  old: readonly string[],
  options: { readonly into: string; readonly integration?: string },
): Promise<void> => {
  const { root, config } = await loadConfig(process.cwd())
  const integration = integrationOf(config, options.integration)
  const folder = resolve(root, options.into)
  if (relative(root, folder).startsWith('..'))
    throw new UserError({
      problem: `--into ${options.into} leads out of the project`,
      fix: '--into guides',
    })
  const pages = (await Promise.all(old.map((one) => pagesOf(root, one)))).flat()
  const ready: Ready[] = []
  for (const page of pages) {
    const target = join(folder, page.to)
    const before = await readFile(page.from, 'utf8')
    const text = withFrontMatter(relative(process.cwd(), page.from), before, integration)
    const there = await stat(target).catch(() => undefined)
    if ((there !== undefined && target !== page.from) || ready.some((one) => one.target === target))
      throw new UserError({
        problem: 'a page of this name is there already',
        place: { file: relative(root, target).split(sep).join('/') },
        fix: 'move one of them, or name another folder: --into guides/old',
      })
    ready.push({ ...page, target, text, changed: target !== page.from || text !== before })
  }
  for (const { target, text, changed } of ready) {
    const file = relative(root, target).split(sep).join('/')
    if (changed) {
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, text)
    }
    const lines = report(file, readGuide(file, text), Object.keys(config.commands ?? {}))
    process.stdout.write(`${lines.join('\n')}\n`)
  }
  process.stdout.write(
    `${counted(ready.length, 'page')} of ${integration}, none of them adopted by this: that is a line for a person to write, adopted: true\n`,
  )
}
