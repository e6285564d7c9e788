import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { endProcesses } from '../custody/end-processes.ts'
import { parseRegistry, registryFile } from '../custody/registry.ts'
import { removeContainersOf } from '../engine/remove-containers.ts'

/*
 * A process of its own, started with a run's folder as its only argument and a pipe from the run's
 * owner as standard input. The kernel closes the pipe however the owner ends; then everything that
 * is registered is ended, what containers carry the run's label are removed, and so is the folder. It
 * imports little, so that it stays small.
 */

const graceMilliseconds = 1000

/** Registrations are short; a pipe that says more than this is not our owner's. */
const pipeLengthMax = 64 * 1024 * 1024

// Ctrl-C is for the owner; we have work to do because of it.
for (const name of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(name, () => {})

const untilClosed = async (): Promise<string> => {
  let said = ''
  process.stdin.setEncoding('utf8')
  try {
    for await (const text of process.stdin) if (said.length < pipeLengthMax) said += String(text)
  } catch {
    // An owner that dies may break its pipe instead of closing it.
  }
  return said
}

const folder = process.argv[2]
if (folder !== undefined) {
  const said = await untilClosed()
  const written = await readFile(join(folder, registryFile), 'utf8').catch(() => '')
  // Both say the same, unless one was cut short. Saying a thing twice changes nothing.
  const { groups = [], engines = [] } = parseRegistry(`${said}\n${written}`) ?? {}
  const runId = basename(folder)
  const ending = endProcesses(groups, { runId, graceMilliseconds }).catch(() => {})
  const removals = await Promise.all(engines.map((engine) => removeContainersOf(engine, runId)))
  await ending
  // Containers that may be left are the next run's to remove, which reads of them in the folder.
  if (removals.every(({ problem }) => problem === undefined))
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}
