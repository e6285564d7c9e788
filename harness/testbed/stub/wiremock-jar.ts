import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Blocked } from '../../model/user-error.ts'

/** WireMock as npm carries it. */
export interface WiremockJar {
  readonly path: string
  /** `3.13.2` */
  readonly version: string
}

/**
 * Finds WireMock's jar in our own dependency. Throws `Blocked` where that is not installed.
 */
export const findWiremockJar = async (): Promise<WiremockJar> => {
  try {
    const manifest = createRequire(import.meta.url).resolve('wiremock/package.json')
    const build = join(dirname(manifest), 'build')
    const jar = (await readdir(build)).find((name) => name.endsWith('.jar'))
    if (jar === undefined) throw new Error('the package holds no jar')
    const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string }
    return { path: join(build, jar), version }
  } catch (error) {
    throw new Blocked({
      problem: `WireMock is not installed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}.`,
      fix: 'npm ci',
    })
  }
}
