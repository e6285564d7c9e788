import { join } from 'node:path'
import { install } from 'njre'

/**
 * Fetches a JRE in a process of its own: `node run-njre.ts <major> <release> <folder>`. Of its own,
 * because njre takes proxies and the folder for its temporary files from the process' environment,
 * and two at once in one temporary folder spoil each other's archive.
 */
const [, , major = '', release = '', folder = ''] = process.argv
try {
  await install(Number(major), {
    release: encodeURIComponent(release),
    type: 'jre',
    installPath: join(folder, 'here'),
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
