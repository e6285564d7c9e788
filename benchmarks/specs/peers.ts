import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { headersOf, startProvider } from './provider.ts'
import { runProgram } from './run-program.ts'
import type { Said, Target, Tool } from './tool.ts'

/** Pinned, so that two runs of the benchmark compare the same. */
const versions = { specmatic: '2.55.1', dredd: '14.1.0' } as const

const root = new URL('../..', import.meta.url).pathname

/** Installs the peers into a folder of the benchmark's own; they are no dependency of the package. */
export const installPeers = async (): Promise<string> => {
  const folder = process.env['PROOFBOOK_PEERS'] ?? join(root, '.proofbook/peers')
  if (existsSync(join(folder, 'node_modules/dredd'))) return folder
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const wanted = Object.entries(versions).map(([name, version]) => `${name}@${version}`)
  const npm = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', ...wanted] as const
  const { output } = await runProgram([...npm], { cwd: folder })
  if (!existsSync(join(folder, 'node_modules/dredd')))
    throw new Error(`Specmatic and Dredd could not be installed:\n${output}`)
  return folder
}

interface Documented {
  readonly swagger?: string
  readonly basePath?: string
  readonly servers?: readonly { readonly url: string }[]
  readonly components?: { readonly securitySchemes?: object }
  readonly securityDefinitions?: object
}

const basePathOf = ({ basePath, servers }: Documented): string =>
  (basePath ?? new URL(servers?.[0]?.url ?? '/', 'http://a').pathname).replace(/\/+$/, '')

const documentOf = async ({ ground }: Target): Promise<Documented> =>
  parse(await readFile(join(root, ground.spec), 'utf8')) as Documented

/**
 * Specmatic, with at most five combinations of values an operation: without a bound it does not get
 * beyond the first operation with a body in a minute.
 */
export const specmatic = (folder: string): Tool => ({
  name: 'Specmatic',
  isSeeded: false,
  try: async (target, secondsMax): Promise<Said> => {
    using provider = await startProvider(target)
    const document = await documentOf(target)
    const schemes = Object.keys(
      document.components?.securitySchemes ?? document.securityDefinitions ?? {},
    )
    // It reads the value of a scheme from a variable of that name, without the word before it.
    const values = headersOf(target).map(([, value]) => value.replace(/^(?:Bearer|Basic) /, ''))
    const secrets = schemes.map((name, index) => [name, values[index] ?? values[0] ?? ''])
    const jar = join(folder, 'node_modules/specmatic/specmatic.jar')
    const base = `--testBaseURL=${provider.url}${basePathOf(document)}`
    const { output, seconds } = await runProgram(
      ['java', '-jar', jar, 'test', join(root, target.ground.spec), base],
      {
        cwd: target.folder,
        env: { ...Object.fromEntries(secrets), MAX_TEST_REQUEST_COMBINATIONS: '5' },
        ...(secondsMax === undefined ? {} : { secondsMax }),
      },
    )
    await writeFile(join(target.folder, 'specmatic.txt'), output)
    const blocks = output.split(/^(?=.*Scenario: .* has (?:FAILED|SUCCEEDED))/m)
    const alarms = blocks.flatMap((block): string[] => {
      const scenario = /Scenario: (\S+ \S+ -> \S+).* has FAILED/.exec(block)?.[1]
      if (scenario === undefined) return []
      const places = [...block.matchAll(/>> (\S+)/g)].map(([, place]) => place)
      const statuses =
        /expected status \S+ but response contained status \d+/.exec(block)?.[0] ?? ''
      return [`${scenario} ${places.join(' ')} ${statuses}`.trim()]
    })
    const run = blocks.filter((block) => /^.*Scenario: .* has /.test(block)).length
    const why = /Reason:\s*\n(.*)/.exec(output)?.[1]
    return {
      alarms: new Set(alarms),
      requests: run,
      seconds,
      ...(run > 0 ? {} : { unable: why ?? output.slice(-300) }),
    }
  },
})

/**
 * A copy of a document with an example for each path parameter, without which Dredd does not begin, and
 * without the formats of numbers, which it does not know.
 */
const withExamples = async (target: Target): Promise<string> => {
  const document = (await documentOf(target)) as Documented & Record<string, unknown>
  const key = document.swagger === undefined ? 'example' : 'x-example'
  const copy = JSON.parse(JSON.stringify(document), (_, value: unknown) => {
    const one = value as Record<string, unknown> | null
    if (typeof one !== 'object' || one === null) return value
    if (/^(?:u?int\d+|float|double)$/.test(String(one['format']))) delete one['format']
    if (one['in'] !== 'path') return value
    const schema = (one['schema'] ?? one) as Record<string, unknown>
    const isNumber = schema['type'] === 'integer' || schema['type'] === 'number'
    return { [key]: isNumber ? 1 : '1', ...one }
  }) as unknown
  const file = join(target.folder, 'dredd.json')
  await writeFile(file, JSON.stringify(copy))
  return file
}

/** Dredd: one request for each documented answer with an example. */
export const dredd = (folder: string): Tool => ({
  name: 'Dredd',
  isSeeded: false,
  try: async (target, secondsMax): Promise<Said> => {
    using provider = await startProvider(target)
    const program = join(folder, 'node_modules/.bin/dredd')
    const file = await withExamples(target)
    const headers = headersOf(target).flatMap(([name, value]) => ['--header', `${name}: ${value}`])
    const document = await documentOf(target)
    // The base path of a server is left to whoever gives the address; that of version 2.0 is not.
    const base = document.swagger === undefined ? basePathOf(document) : ''
    const { output, seconds } = await runProgram(
      [program, file, provider.url + base, ...headers, '--no-color', '--loglevel=error'],
      { cwd: target.folder, ...(secondsMax === undefined ? {} : { secondsMax }) },
    )
    await writeFile(join(target.folder, 'dredd.txt'), output)
    const alarms = [...output.matchAll(/^fail: ([A-Z]+ \(.*?\) .*?)(?: duration: .*)?$/gm)].map(
      ([, what]) => what ?? '',
    )
    // Its closing line is lost where it ends before a pipe has taken all.
    const requests = output.match(/^(?:pass|fail|error): [A-Z]+ \(/gm)?.length ?? 0
    const why = output.split('\n').find((line) => /error|valid/i.test(line))
    return {
      alarms: new Set(alarms),
      requests,
      seconds,
      ...(requests > 0 ? {} : { unable: (why ?? output.slice(-300)).slice(0, 300) }),
    }
  },
})
