import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { GenericContainer } from 'testcontainers'
import { Blocked, UserError } from '../../model/user-error.ts'
import type { Custody } from '../custody.ts'
import type { Engine } from '../engine/engine.ts'
import { lookUpImage, type ImageFacts } from './images.ts'

/** With what images are built. */
export interface Builder {
  readonly custody: Pick<Custody, 'spawn'>
  readonly engine: Engine
  /** The folder that paths in the config are relative to. */
  readonly root: string
  /** What the command line tool gets: PATH, HOME and what is set for Docker. */
  readonly environment: Readonly<Record<string, string>>
}

/** One image that is asked for. */
export interface Build {
  /** As the config names it: `integrations.orders.provider.start.build`. */
  readonly where: string
  readonly folder: string
}

const buildMinutes = 15
const logLines = 40

/** The same for the same folder, so that a run replaces what the one before it has built. */
const tagOf = (folder: string): string =>
  `proofbook-built:${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`

const checkFolder = async (root: string, { where, folder }: Build): Promise<string> => {
  const path = resolve(root, folder)
  const dockerfile = await stat(join(path, 'Dockerfile')).catch(() => undefined)
  if (dockerfile?.isFile() === true) return path
  throw new UserError({
    problem: `${where} names a folder without a Dockerfile: ${JSON.stringify(folder)}.`,
    expected: 'a folder, relative to the one of the config, with a Dockerfile in it',
    fix: `add ${join(relative(root, path), 'Dockerfile')}, or correct the path`,
  })
}

/**
 * By the command line tool, which knows the person's builder, credentials and caches, and says what
 * went wrong; `false` where there is none.
 */
const byTool = async (
  { custody, engine, environment }: Builder,
  folder: string,
  tag: string,
): Promise<boolean> => {
  const settings = { ...environment, DOCKER_HOST: engine.uri, BUILDKIT_PROGRESS: 'plain' }
  const args = ['build', '--force-rm', '--tag', tag, '.']
  const owned = await custody
    .spawn('docker', args, { cwd: folder, environment: settings })
    .catch((error: unknown) => {
      if (error instanceof Blocked) return undefined
      throw error
    })
  if (owned === undefined) return false
  let late = false
  const timer = setTimeout(() => {
    late = true
    void owned.stop()
  }, buildMinutes * 60_000)
  const { code, signal } = await owned.exited
  clearTimeout(timer)
  if (code === 0) return true
  throw new Blocked({
    problem: late
      ? `"docker build" was not done after ${buildMinutes} minutes.`
      : `"docker build" ended with ${signal ?? `exit status ${code}`}.`,
    fix: 'its last lines say why; run it by hand in the folder',
    log: owned.log().slice(-logLines).join('\n'),
  })
}

/** By Testcontainers, which needs no tool, and does not say why a build fails. */
const byTestcontainers = async (folder: string, tag: string): Promise<void> => {
  try {
    await GenericContainer.fromDockerfile(folder).build(tag, { deleteOnExit: false })
  } catch (error) {
    throw new Blocked({
      problem: `An image could not be built: ${error instanceof Error ? error.message : String(error)}.`,
      fix: 'install the command line tool "docker", which says why',
    })
  }
}

/**
 * Builds the image of a folder with a Dockerfile.
 *
 * Throws a `UserError` where there is no Dockerfile, and `Blocked` with the last lines of the build
 * where that fails.
 */
export const buildImage = async (builder: Builder, build: Build): Promise<ImageFacts> => {
  const folder = await checkFolder(builder.root, build)
  const tag = tagOf(folder)
  if (!(await byTool(builder, folder, tag))) await byTestcontainers(folder, tag)
  const built = await lookUpImage(builder.engine.address, tag)
  if (built !== undefined) return built
  throw new Blocked({
    problem: `The image of ${JSON.stringify(build.folder)} was built, and is not on the engine at ${builder.engine.uri}.`,
    fix: 'have "docker build" load what it builds into that engine: docker buildx use default',
  })
}
