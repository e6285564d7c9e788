import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UserError } from '../../model/user-error.ts'
import { githubWorkflows, type CiFiles } from './github-workflows.ts'

/** The continuous integrations that files can be written for. */
export const knownCis = ['github'] as const

/** Options of the command. */
export interface InitOptions {
  readonly ci?: (typeof knownCis)[number]
  readonly shards: number
  readonly environment: string
  readonly force?: boolean
}

const refuseOverwriting = async (files: CiFiles): Promise<void> => {
  for (const [file, text] of Object.entries(files)) {
    const there = await readFile(file, 'utf8').catch(() => undefined)
    if (there === undefined || there === text) continue
    throw new UserError({
      problem:
        'there is such a file already, and it is not what would be written; nothing was changed',
      place: { file },
      fix: 'move it away, or say --force to have it overwritten',
    })
  }
}

/** `proofbook init --ci github`: writes the workflows of a continuous integration. */
export const init = async ({ ci, force = false, ...options }: InitOptions): Promise<void> => {
  if (ci === undefined)
    throw new UserError({
      problem: 'init must be told what to write',
      expected: '--ci github',
      fix: 'npx proofbook init --ci github',
    })
  const files = githubWorkflows(options)
  if (!force) await refuseOverwriting(files)
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    process.stdout.write(` wrote ${file}\n`)
  }
  process.stdout.write(
    ' For a Pact Broker give the repository the secrets PACT_BROKER_BASE_URL and PACT_BROKER_TOKEN.\n',
  )
}
