import type { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { fencesOf, headingsOf, readPage, readPages } from '../testing/pages.ts'
import { program } from './program.ts'

/** All commands that do something, by the words that call them: `guide check`. */
const commandsOf = (of: Command, before = ''): readonly (readonly [string, Command])[] =>
  of.commands.flatMap((command) => {
    const name = `${before}${command.name()}`
    return command.commands.length === 0 ? [[name, command]] : commandsOf(command, `${name} `)
  })

const commands = commandsOf(program())
const options = commands.flatMap(([name, command]) =>
  command.options.map((option) => ({ command: name, flags: option.flags })),
)

describe('docs/commands.md', () => {
  test.each(commands.map(([name]) => name))('has a section for %s', async (name) => {
    expect(headingsOf(await readPage('docs/commands.md'))).toContain(`\`${name}\``)
  })

  test.each(options)('has $command $flags, and an example of it', async ({ flags }) => {
    const page = await readPage('docs/commands.md')
    expect(page.text).toContain(`\`${flags}\``)
    const examples = fencesOf(page, 'sh').join('\n').split(/\s+/)
    const names = flags.split(/,\s*/).map((flag) => flag.split(' ')[0])
    expect(names.some((name) => examples.includes(name ?? ''))).toBe(true)
  })

  test('has no option that does not exist', async () => {
    const { text } = await readPage('docs/commands.md')
    const rows = [...text.matchAll(/^\|\s*`(-[^`]+)`/gm)].map(([, flags]) => flags)
    expect(new Set(rows)).toEqual(new Set(options.map(({ flags }) => flags)))
  })
})

/** The words of a command line, as a shell would part them; a variable stays as it is written. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, '$1$2'),
  )

const argumentsOf = (line: string): readonly string[] | undefined => {
  const words = wordsOf(line.replace(/\s(?:#|[<>|]|&&).*$/, ''))
  const start = words.indexOf('proofbook')
  const isCommand = start === 0 || (start === 1 && words[0] === 'npx')
  return isCommand ? words.slice(start + 1) : undefined
}

const quiet = (command: Command): Command =>
  command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} })

/** Throws commander's own error for a line that it would refuse; runs nothing. */
const parse = (words: readonly string[]): void => {
  const root = program()
  quiet(root)
  for (const group of root.commands) quiet(group)
  for (const [, command] of commandsOf(root)) quiet(command).action(() => {})
  try {
    root.parse([...words], { from: 'user' })
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code')
    if (code !== 'commander.helpDisplayed' && code !== 'commander.version') throw error
  }
}

describe('a command that a page shows', async () => {
  const pages = await readPages('*.md', 'docs/*.md')
  const lines = pages.flatMap((page) =>
    fencesOf(page, 'sh').flatMap((body) =>
      body.split('\n').map((line) => [page.file, line.trim()]),
    ),
  )
  const shown = lines.flatMap(([file = '', line = '']) => {
    const words = argumentsOf(line)
    return words === undefined ? [] : [{ file, line, words }]
  })

  test.each(shown)('$file: $line', ({ words }) => {
    expect(() => parse(words)).not.toThrow()
  })

  test('is found at all, and refused where it does not exist', () => {
    expect(shown.length).toBeGreaterThan(10)
    expect(() => parse(['verify', '--jsn'])).toThrow("unknown option '--jsn'")
    expect(() => parse(['verfy'])).toThrow("unknown command 'verfy'")
    expect(() => parse(['up', '--integration'])).toThrow('argument missing')
    expect(argumentsOf("npx proofbook verify -t 'a b' --json > x.json # all")).toEqual([
      'verify',
      '-t',
      'a b',
      '--json',
    ])
  })
})
