import { spawn } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { temporaryFolder, type TemporaryFolder } from './temporary-folder.ts'

const repository = join(import.meta.dirname, '../..')

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  /** Both, without colours, as a person reads them. */
  readonly output: string
}

/** A user's project in a folder of its own, with Proofbook installed. */
export interface Project extends TemporaryFolder {
  /** Runs `proofbook` with these arguments. */
  proofbook(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommandResult>
  /** Runs `vitest` with these arguments. */
  vitest(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommandResult>
}

/** Runs a script of ours with the Node that runs the tests. */
export const runNode = (
  cwd: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandResult> =>
  new Promise((resolve, reject) => {
    // What Vitest sets for its own workers, and a CI for its own steps, must not reach what a test starts.
    const inherited = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|TEST|NODE_ENV|GITHUB_)/.test(name),
    )
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...Object.fromEntries(inherited), NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const texts = { stdout: '', stderr: '', output: '' }
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        const text = stripVTControlCharacters(chunk)
        texts[stream] += text
        texts.output += text
      })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...texts }))
  })

/**
 * Makes a project with these files, in which `proofbook` and `vitest` can be imported and run.
 *
 * @example
 * await using project = await makeProject({ 'proofbook.config.ts': config })
 * const { status, output } = await project.proofbook(['verify'])
 */
export const makeProject = async (files: Readonly<Record<string, string>>): Promise<Project> => {
  const folder = await temporaryFolder({
    'package.json': '{ "name": "user", "type": "module" }',
    ...files,
  })
  const modules = join(folder.path, 'node_modules')
  await mkdir(modules)
  await symlink(repository, join(modules, 'proofbook'))
  await symlink(join(repository, 'node_modules/vitest'), join(modules, 'vitest'))
  return {
    ...folder,
    proofbook: (args, environment) =>
      runNode(folder.path, [join(repository, 'dist/cli/main.js'), ...args], environment),
    vitest: (args, environment) =>
      runNode(
        folder.path,
        [join(repository, 'node_modules/vitest/vitest.mjs'), ...args],
        environment,
      ),
  }
}
