import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import { openHarbour } from '../testing/engine-for-test.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'

const where = 'integrations.orders.provider.start.build'

const dockerfile = (word: string): string =>
  `FROM node:24-slim\nEXPOSE 7070\nCMD ["node", "-e", "console.log('${word}')"]\n`

/** What building a project's folder comes to; with a PATH that has the tool, or without. */
const build = async (text: string | undefined, PATH?: string) => {
  await using project = await temporaryFolder(text === undefined ? {} : { Dockerfile: text })
  await using harbour = await openHarbour(project.path, undefined, PATH)
  return await harbour.containers.build({ where, folder: '.' }).catch((error: unknown) => error)
}

describe('a folder with a Dockerfile', () => {
  test('becomes an image that says which port it listens on', async () => {
    expect(await build(dockerfile('one'))).toMatchObject({
      id: expect.stringMatching(/^sha256:/),
      ports: [7070],
    })
  })

  test('is built by Testcontainers where there is no tool "docker"', async () => {
    expect(await build(dockerfile('two'), dirname(process.execPath))).toMatchObject({
      ports: [7070],
    })
  })

  test('that cannot be built says why', async () => {
    const error = await build('FROM node:24-slim\nRUN echo the cellar is empty && exit 3\n')
    expect(error).toBeInstanceOf(Blocked)
    expect(String(error)).toContain('"docker build" ended with exit status')
    expect(error).toMatchObject({ parts: { log: expect.stringContaining('the cellar is empty') } })
  })

  test('that is missing is a mistake in the config, told with its place', async () => {
    expect(String(await build(undefined))).toBe(
      `UserError: ${where} names a folder without a Dockerfile: ".".\n` +
        '  expected: a folder, relative to the one of the config, with a Dockerfile in it\n' +
        '  fix: add Dockerfile, or correct the path',
    )
  })
})
