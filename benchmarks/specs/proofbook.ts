import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Evidence } from '../../harness/model/evidence.ts'
import { runProgram } from './run-program.ts'
import type { Said, Target, Tool } from './tool.ts'

const root = new URL('../..', import.meta.url).pathname

const configOf = ({ name, ground, mutant = '' }: Target, spec: string): string => {
  const main = join(root, 'fixtures/providers', name, 'main.ts')
  const credentials = ground.credentials.map(({ name: credential, fields, ...more }) => [
    credential,
    { header: Object.fromEntries(fields.map((field) => [field.name, field.value])), ...more },
  ])
  const integration = {
    provider: {
      start: { command: ['node', '--no-warnings', main, '--port', '{port}'] },
      environment: { MUTANT: mutant },
    },
    spec,
    credentials: Object.fromEntries(credentials) as object,
  }
  return `export default ${JSON.stringify({ integrations: { [name]: integration } }, null, 2)}\n`
}

/** Requests a second between the first and the last request of each attempt. */
const rateOf = async (folder: string): Promise<number> => {
  let [requests, milliseconds] = [0, 0]
  for (const file of await readdir(folder)) {
    const { attempts } = JSON.parse(await readFile(join(folder, file), 'utf8')) as Evidence
    for (const { events } of attempts) {
      const asked = events.filter(({ exchange }) => exchange !== undefined)
      const [first, last] = [asked[0], asked.at(-1)]
      if (first === undefined || last === undefined || first === last) continue
      requests += asked.length - 1
      milliseconds += last.at - first.at
    }
  }
  return requests / (milliseconds / 1000)
}

interface Printed {
  readonly findings: readonly { readonly code: string; readonly where: { readonly line: number } }[]
  readonly requests: number
}

/** Proofbook as users run it: `proofbook verify`, each case on a provider process of its own. */
export const proofbook: Tool = {
  name: 'Proofbook',
  isSeeded: true,
  try: async (target, secondsMax): Promise<Said> => {
    const project = join(target.folder, 'proofbook')
    const spec = `specs/${target.name}${extname(target.ground.spec)}`
    await rm(project, { recursive: true, force: true })
    await mkdir(join(project, 'specs'), { recursive: true })
    await symlink(join(root, 'node_modules'), join(project, 'node_modules'))
    await writeFile(join(project, spec), await readFile(join(root, target.ground.spec)))
    await writeFile(join(project, 'proofbook.config.ts'), configOf(target, spec))
    const budget = secondsMax === undefined ? [] : ['--budget', `${Math.floor(secondsMax)}s`]
    const program = join(root, 'dist/cli/main.js')
    const { stdout, output, seconds } = await runProgram(
      [process.execPath, program, 'verify', spec, '--json', '--seed', '1', ...budget],
      { cwd: project },
    )
    try {
      const { findings, requests } = JSON.parse(stdout) as Printed
      return {
        alarms: new Set(findings.map(({ code, where }) => `${code} at line ${where.line}`)),
        requests,
        seconds,
        rate: await rateOf(join(project, '.proofbook/evidence')),
      }
    } catch {
      return { alarms: new Set(), requests: 0, seconds, unable: output.slice(-500) }
    }
  },
}
