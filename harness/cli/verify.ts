import { spawn } from 'node:child_process'
import { closeSync, writeSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { loadConfig } from '../config/load.ts'
import { UserError } from '../model/user-error.ts'
import type { RunOptions } from '../vitest/provided.ts'
import type { Discovered } from '../vitest/roots.ts'
import { collect } from '../vitest/collect.ts'
import { runOptionsFrom } from '../vitest/run-options.ts'
import { chosenFiles } from './chosen-files.ts'
import { allMatch } from './all-match.ts'
import { rateOf } from './rate-option.ts'
import { reportOf, type ReportInput } from './json-report.ts'
import { runVitest, type VitestResult } from './run-vitest.ts'
import { repeatCommand } from './repeat-command.ts'
import { checkedUrl, configFromUrl } from './url-config.ts'

interface VerifyOptions {
  readonly url?: string
  readonly json?: boolean
  readonly seed?: string
  readonly budget?: string
  readonly rate?: string
  readonly baseline?: string
  readonly testNamePattern?: string
  readonly case: readonly string[]
  readonly keep?: boolean
  readonly credential: readonly string[]
  readonly allowWrites?: boolean
  readonly statesUrl?: string
  readonly beforeRequest?: string
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  readonly example: readonly string[]
  readonly since?: string
}

/** The descriptor on which a child writes its JSON: the first three reach terminals whatever we do. */
const jsonDescriptor = 3
const jsonVariable = 'PROOFBOOK_JSON'

const exampleOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new UserError({
    problem: `--example ${text} cannot be read`,
    expected: 'NAME=VALUE',
    fix: '--example orderId=42',
  })
}

const runOptions = (options: VerifyOptions): RunOptions => {
  const base = runOptionsFrom({
    ...process.env,
    ...(options.seed === undefined ? {} : { PROOFBOOK_SEED: options.seed }),
    ...(options.budget === undefined ? {} : { PROOFBOOK_BUDGET: options.budget }),
    ...(options.baseline === undefined ? {} : { PROOFBOOK_BASELINE: options.baseline }),
    ...(options.case.length === 0 ? {} : { PROOFBOOK_CASE: options.case.join(',') }),
    ...(options.keep === true ? { PROOFBOOK_KEEP: '1' } : {}),
  })
  return {
    ...base,
    ...(options.url === undefined ? {} : { url: options.url.replace(/\/$/, '') }),
    ...(options.statesUrl === undefined
      ? {}
      : { statesUrl: checkedUrl('--states-url', options.statesUrl) }),
    ...(options.rate === undefined ? {} : { rate: rateOf(options.rate) }),
    allowWrites: options.allowWrites ?? false,
    include: options.include,
    exclude: options.exclude,
    examples: Object.fromEntries(options.example.map(exampleOf)),
  }
}

const urlOnly = [
  'credential',
  'allowWrites',
  'rate',
  'statesUrl',
  'beforeRequest',
  'include',
  'exclude',
] as const

const withoutUrl = (options: VerifyOptions): void => {
  const given = urlOnly.filter((name) => {
    const value = options[name]
    return Array.isArray(value) ? value.length > 0 : value !== undefined
  })
  if (given.length > 0)
    throw new UserError({
      problem: `${given.map((name) => `--${name.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`).join(', ')} can only be used with --url`,
      fix: 'say it in proofbook.config.ts, or add --url URL',
    })
}

const sinceOf = (text: string | undefined): string | undefined => {
  if (text === undefined || /^\d{4}-\d\d-\d\d$/.test(text)) return text
  throw new UserError({
    problem: `--since ${text} is no day`,
    expected: 'YYYY-MM-DD',
    fix: '--since 2026-11-01',
  })
}

/** Throws a `UserError` for a pattern that is no regular expression. */
const namePattern = (text: string | undefined): { readonly testNamePattern?: string } => {
  if (text === undefined) return {}
  try {
    RegExp(text)
  } catch (error) {
    throw new UserError({
      problem: `-t ${text} is no regular expression: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'put a backslash before characters such as ( or [',
    })
  }
  return { testNamePattern: text }
}

/** Throws a `UserError` where `--case` named cases that are not there. */
const allSeen = (wanted: readonly string[], { cases, status }: VitestResult): void => {
  const missing = wanted.filter((id) => !cases.some((one) => one.id === id))
  if (missing.length > 0 && status !== 130)
    throw new UserError({
      problem: `no case has the id ${missing.join(', ')}`,
      expected: 'an id as a failure or --json prints it; it changes when the case itself does',
      fix: 'run without --case, and copy the id',
    })
}

const againstUrl = async (
  files: readonly string[],
  options: VerifyOptions & { readonly url: string },
): Promise<ReportInput> => {
  const root = process.cwd()
  const inRoot = files.map((file) => relative(root, resolve(root, file)).split(sep).join('/'))
  const { loaded, roots } = await configFromUrl(root, inRoot, options)
  const run = { ...runOptions(options), repeat: repeatCommand(inRoot, options) }
  const pattern = namePattern(options.testNamePattern)
  const specs = roots.flatMap(({ kind, file }) => (kind === 'spec' ? [file] : []))
  await allMatch(root, specs, options)
  const result = await runVitest({ loaded, files: inRoot, plugin: { run, roots }, ...pattern })
  allSeen(options.case, result)
  return { ...result, seed: run.seed }
}

/** The documents among the files that were named, or all. */
const chosenSpecs = (chosen: readonly string[], { roots }: Discovered): readonly string[] =>
  roots
    .filter(({ kind, file }) => {
      const isNamed = chosen.some((one) => file === one || file.startsWith(`${one}/`))
      return kind === 'spec' && (chosen.length === 0 || isNamed)
    })
    .map(({ file }) => file)

/** A budget of requests is for the documents that were named. */
const sharedBy = (run: RunOptions, specs: number): RunOptions =>
  run.budget === undefined || !('requests' in run.budget)
    ? run
    : { ...run, budget: { ...run.budget, specs: Math.max(1, specs) } }

const runHere = async (files: readonly string[], options: VerifyOptions): Promise<ReportInput> => {
  const { url } = options
  if (url !== undefined) return againstUrl(files, { ...options, url })
  withoutUrl(options)
  const pattern = namePattern(options.testNamePattern)
  const loaded = await loadConfig(process.cwd())
  const discovered = await collect(loaded, process.env, { since: sinceOf(options.since) })
  const chosen = await chosenFiles(loaded.root, files, discovered)
  const specs = chosenSpecs(chosen, discovered)
  const run = sharedBy(runOptions(options), specs.length)
  await allMatch(loaded.root, specs, options)
  const result = await runVitest({ loaded, files: chosen, plugin: { run, discovered }, ...pattern })
  allSeen(options.case, result)
  return { ...result, seed: run.seed }
}

const writeReport = (input: ReportInput): void => {
  writeSync(jsonDescriptor, `${JSON.stringify(reportOf(input), null, 2)}\n`)
  closeSync(jsonDescriptor)
}

/** In the child: the report goes to its own descriptor, also where no run took place. */
const writingReport = async (work: () => Promise<ReportInput>): Promise<void> => {
  try {
    writeReport(await work())
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    writeReport({ cases: [], status: 1, seconds: 0, seed: 0, error: message })
    throw error
  }
}

/**
 * Runs ourselves once more with standard output sent to standard error: a worker's descriptor 1
 * reaches the terminal whatever a reporter does, and machines want nothing but the object.
 */
const runAsChild = (): Promise<void> =>
  new Promise((settle, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
      stdio: ['ignore', 2, 2, 'pipe'],
      env: { ...process.env, [jsonVariable]: '1' },
    })
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
    process.on('SIGINT', forward)
    process.on('SIGTERM', forward)
    child.stdio[jsonDescriptor]?.on('data', (chunk: Buffer) => process.stdout.write(chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
      settle()
    })
  })

/** `proofbook verify`: everything in the config, the files that are named, or files against a URL. */
export const verify = async (files: readonly string[], options: VerifyOptions): Promise<void> => {
  if (options.json === true && process.env[jsonVariable] === undefined) return runAsChild()
  if (options.json === true) return writingReport(() => runHere(files, options))
  await runHere(files, options)
}
