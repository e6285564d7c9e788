import { describe, expect, test } from 'vitest'
import type { CommandConfig } from '../../config/schema.ts'
import { temporaryCustody } from '../testing/temporary-custody.ts'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { openPrograms } from './programs.ts'

/** Keeps the words that are put to it in memory: PUT /word, GET / for all, DELETE / for none. */
const wordServer = `import { createServer } from 'node:http'
let words = [process.env.FIRST].filter((word) => word !== undefined)
createServer((request, response) => {
  if (request.method === 'PUT') words.push(request.url)
  if (request.method === 'DELETE') words = []
  response.end(JSON.stringify({ pid: process.pid, words }))
}).listen(Number(process.argv[2]), '127.0.0.1')
`

const hooks = `export const ready = async ({ url }) => { await fetch(url + '/ready', { method: 'PUT' }) }
export const reset = async ({ url }) => { await fetch(url, { method: 'DELETE' }) }
`

const files = {
  'words.mjs': wordServer,
  'hooks.mjs': hooks,
  'broken.mjs': "export const reset = () => { throw new Error('the shelf is locked') }\n",
  'nothing.mjs': 'export {}\n',
}

const open = async (count = 4) => {
  const custody = await temporaryCustody()
  const project = await temporaryFolder(files)
  const programs = openPrograms(custody, {
    root: project.path,
    count,
    inherited: { PATH: process.env['PATH'], WORD: 'secret' },
  })
  const lease = (more: Partial<CommandConfig> = {}) =>
    programs.lease({
      name: 'words',
      where: 'integrations.shop.dependencies.words',
      config: { type: 'command', command: [process.execPath, 'words.mjs', '{port}'], ...more },
      signal: new AbortController().signal,
    })
  return {
    lease,
    [Symbol.asyncDispose]: async () => {
      await programs.close()
      await custody[Symbol.asyncDispose]()
      await project[Symbol.asyncDispose]()
    },
  }
}

interface Said {
  readonly pid: number
  readonly words: readonly string[]
}

const ask = async (url: string, method = 'GET'): Promise<Said> =>
  (await (await fetch(url, { method })).json()) as Said

describe('a program as a dependency', () => {
  test('is a fresh process for each testbed', async () => {
    await using programs = await open()
    const a = await programs.lease()
    const b = await programs.lease()
    await ask(`${a.url}/hello`, 'PUT')
    expect((await ask(b.url)).words).toEqual([])
    const { pid } = await ask(a.url)
    await a.release()
    await expect(ask(a.url)).rejects.toThrow()
    const c = await programs.lease({ environment: { FIRST: { env: 'WORD' } } })
    expect(await ask(c.url)).toMatchObject({ words: ['secret'] })
    expect((await ask(c.url)).pid).not.toBe(pid)
  })

  test('or one that is reset between, and leased to one at a time', async () => {
    await using programs = await open()
    const resetting = { ready: { module: 'hooks.mjs' }, reset: { module: 'hooks.mjs' } }
    const a = await programs.lease(resetting)
    const b = await programs.lease(resetting)
    const first = await ask(`${a.url}/hello`, 'PUT')
    expect(first.words).toEqual(['/ready', '/hello'])
    expect((await ask(b.url)).pid).not.toBe(first.pid)
    await a.release()
    const c = await programs.lease(resetting)
    expect(await ask(c.url)).toEqual({ pid: first.pid, words: [] })
  })

  test('whose reset fails is ended, and says so', async () => {
    await using programs = await open()
    const broken = { reset: { module: 'broken.mjs' } }
    const a = await programs.lease(broken)
    const { pid } = await ask(a.url)
    await expect(a.release()).rejects.toMatchObject({
      message: expect.stringContaining(
        'The hook reset of broken.mjs ended with exit status 1.',
      ) as string,
      parts: { log: expect.stringContaining('the shelf is locked') as string },
    })
    const b = await programs.lease(broken)
    expect((await ask(b.url)).pid).not.toBe(pid)
  })

  const mistakes: readonly (readonly [string, Partial<CommandConfig>, string])[] = [
    [
      'that ends at once',
      { command: [process.execPath, '-e', 'process.exit(3)'] },
      'The dependency "words" ended with exit code 3',
    ],
    ['that is missing', { command: ['no-such-program'] }, '"no-such-program" could not be started'],
    [
      'that is never ready',
      { ready: { log: 'never', within: '300ms' } },
      'The dependency "words" was not ready within 300ms',
    ],
    ['with a mistyped placeholder', { command: ['node', '{prot}'] }, 'fix: write "{port}"'],
    [
      'with a folder that is none',
      { cwd: 'nowhere' },
      'dependencies.words.cwd is no folder: "nowhere"',
    ],
    ['whose hook is no module', { ready: { module: 'no.mjs' } }, 'no.mjs: there is no such module'],
    [
      'whose module has no hook',
      { ready: { module: 'nothing.mjs' } },
      'The hook ready of nothing.mjs ended with exit status 1',
    ],
  ]
  test.each(mistakes)('%s is told', async (_, config, message) => {
    await using programs = await open()
    await expect(programs.lease(config)).rejects.toThrow(message)
  })

  test('that ends under a testbed says why', async () => {
    await using programs = await open()
    const a = await programs.lease()
    const { pid } = await ask(a.url)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => a.failure()?.message).toContain('ended while it was needed (SIGKILL)')
  })
})
