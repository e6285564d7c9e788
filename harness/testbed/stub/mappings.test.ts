import { symlink, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../model/user-error.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { readMappings } from './mappings.ts'

const mapping = (response: object = {}, more: object = {}): string =>
  JSON.stringify({ request: { url: '/a' }, response: { status: 200, ...response }, ...more })

/** What a folder with these files is refused with. */
const refusalOf = async (files: Readonly<Record<string, string | Uint8Array>>): Promise<string> => {
  await using project = await temporaryFolder(files)
  const error = await readMappings(project.path, 'stubs').catch((e: unknown) => e)
  expect(error).toBeInstanceOf(UserError)
  return String(error)
}

describe('the layout of a folder', () => {
  test("is WireMock's own", async () => {
    await using project = await temporaryFolder({
      'stubs/mappings/b/two.json': mapping(),
      'stubs/mappings/one.json': mapping(),
      'stubs/README.json': 'no mapping',
    })
    const mappings = await readMappings(project.path, 'stubs')
    expect(mappings.map(({ file }) => file)).toEqual([
      'stubs/mappings/b/two.json',
      'stubs/mappings/one.json',
    ])
  })

  test('or the mapping files themselves', async () => {
    await using project = await temporaryFolder({
      'stubs/one.json': mapping(),
      'stubs/__files/body.json': '{}',
      'stubs/notes.md': '',
    })
    const mappings = await readMappings(project.path, './stubs/')
    expect(mappings.map(({ file }) => file)).toEqual(['stubs/one.json'])
  })

  test('may hold several mappings in one file', async () => {
    await using project = await temporaryFolder({
      'stubs/all.json': `{ "mappings": [${mapping()}, ${mapping()}] }`,
    })
    expect(await readMappings(project.path, 'stubs')).toHaveLength(2)
  })

  test('that is missing or empty is refused', async () => {
    expect(await refusalOf({})).toMatch(/^UserError: stubs: there is no such folder of mappings/)
    expect(await refusalOf({ 'stubs/a.md': '' })).toMatch(/stubs: the folder holds no mapping/)
  })
})

const withBody = (body: string | Uint8Array, more: object = {}) => ({
  'stubs/mappings/a.json': mapping({ bodyFileName: 'deep/body', ...more }),
  'stubs/__files/deep/body': body,
})

describe('a body in a file of its own', () => {
  test.each([
    ['text', '{"a":1}', {}, { status: 200, body: '{"a":1}' }],
    ['bytes', Uint8Array.of(0xff, 0), {}, { status: 200, base64Body: '/wA=' }],
    ['what a charset could change', 'ä', {}, { status: 200, base64Body: 'w6Q=' }],
    [
      'a template',
      'ä {{now}}',
      { transformers: ['response-template'] },
      { status: 200, transformers: ['response-template'], body: 'ä {{now}}' },
    ],
  ])('is put into the mapping: %s', async (_, body, more, response) => {
    await using project = await temporaryFolder(withBody(body, more))
    const [read] = await readMappings(project.path, 'stubs')
    expect(read?.json.response).toEqual(response)
  })

  test('that is missing is refused, naming the mapping', async () => {
    expect(await refusalOf({ 'stubs/mappings/a.json': mapping({ bodyFileName: 'b' }) })).toMatch(
      /stubs\/mappings\/a\.json: there is no "__files\/b" in the folder of mappings/,
    )
  })

  test.each(['../../../secret', '/etc/passwd/../../secret'])('cannot be %s', async (name) => {
    const files = { 'stubs/mappings/a.json': mapping({ bodyFileName: name }), secret: 'x' }
    expect(await refusalOf(files)).toMatch(/there is no ".*" in the folder of mappings/)
  })

  test('cannot be reached through a link', async () => {
    await using project = await temporaryFolder({
      'stubs/a.json': mapping({ bodyFileName: 'out/secret' }),
      'stubs/__files/x': '',
      'other/secret': 'x',
    })
    await symlink(join(project.path, 'other'), join(project.path, 'stubs/__files/out'))
    await expect(readMappings(project.path, 'stubs')).rejects.toThrow(/there is no/)
  })

  test('whose name is a template is refused', async () => {
    const files = { 'stubs/a.json': mapping({ bodyFileName: '{{request.path.[0]}}.json' }) }
    expect(await refusalOf(files)).toMatch(/cannot be looked up beforehand/)
  })
})

describe('a mapping', () => {
  test('that is not JSON is refused with its place', async () => {
    const text = '{\n  "request": {},\n  "response": { "status": 200 ]\n}'
    expect(await refusalOf({ 'stubs/a.json': text })).toMatch(/^UserError: stubs\/a\.json:3:\d+: /)
  })

  test.each(['', '[]', '"text"', '{ "mappings": [1] }', '{} // note'])(
    'that is %j is refused',
    async (text) => {
      expect(await refusalOf({ 'stubs/a.json': text })).toMatch(/stubs\/a\.json/)
    },
  )

  test('is never saved by the server', async () => {
    await using project = await temporaryFolder({
      'stubs/a.json': mapping({}, { persistent: true }),
    })
    const [read] = await readMappings(project.path, 'stubs')
    expect(read?.json).not.toHaveProperty('persistent')
  })

  test('with the id of another is refused, naming both files', async () => {
    const id = '12097fd3-5f18-429a-98fd-323bc3754a6d'
    const files = { 'stubs/a.json': mapping({}, { id }), 'stubs/b.json': mapping({}, { id }) }
    expect(await refusalOf(files)).toMatch(/stubs\/b\.json: the id .* mapping in stubs\/a\.json/)
  })

  test('that is too large is refused', async () => {
    await using project = await temporaryFolder()
    await truncate(await project.write('stubs/a.json', ''), 11 * 1024 * 1024)
    await expect(readMappings(project.path, 'stubs')).rejects.toThrow(/too much to read \(11 MB/)
  })
})
