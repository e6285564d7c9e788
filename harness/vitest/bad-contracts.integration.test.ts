import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { makeProject, type CommandResult, type Project } from '../testing/project.ts'
import { shop, shopContract } from '../testing/shop.ts'

const whole = shopContract()

const deep = whole.replace('"tea"', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)

const hostile = '../../../../etc/passwd\u001b[2J\u0000'

const hostileNames = shopContract({
  consumer: { name: hostile },
  interactions: ['__proto__', 'constructor', hostile].map((description) => ({
    description,
    request: { method: 'GET', path: '/items/1' },
    response: { status: 200 },
  })),
})

/** Name, contents, and the beginning of what is said of it. */
const bad: readonly (readonly [string, string | Uint8Array, string])[] = [
  ['deep', deep, '27:1014: the contract is nested deeper than 1000 levels'],
  ['truncated', whole.slice(0, 200), '13:13: the file ends in the middle of the JSON'],
  ['utf-16', Buffer.from(`\uFEFF${whole}`, 'utf16le'), '1:1: the contract is encoded in UTF-16'],
  [
    'latin-1',
    Buffer.from(whole.replace('tea', 'thé'), 'latin1'),
    '27:22: the contract holds bytes that are not UTF-8',
  ],
  ['version', whole.replace('3.0.0', '9.0'), '34:7: the contract is of Pact specification "9.0"'],
  ['empty', '', '1:1: the file is empty'],
  [
    'provider',
    whole.replace('"shop"', JSON.stringify(hostile)),
    '1: no integration has a provider called "../../../../etc/passwd [2J"',
  ],
]

const unopened: readonly (readonly [string, string])[] = [
  ['huge', 'the file is too large: 200.0 MB'],
  ['device', 'this is a pipe, socket or device'],
  ['dangling', 'this is a link to nothing'],
]

const snapshot = async (root: string): Promise<readonly string[]> => {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && entry.name !== 'huge.json')
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !/\/(node_modules|\.proofbook)\//.test(path))
  const lines = files.map(async (path) => {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    return `${path} ${hash}`
  })
  return (await Promise.all(lines)).toSorted()
}

describe('a folder of contracts that nobody should have', () => {
  let project: Project
  let before: readonly string[]
  let result: CommandResult

  beforeAll(async () => {
    project = await makeProject(
      shop({ 'contracts/hostile.json': hostileNames, 'outside/passwd': 'untouched' }),
    )
    const contracts = join(project.path, 'contracts')
    await mkdir(contracts, { recursive: true })
    for (const [name, data] of bad) await writeFile(join(contracts, `${name}.json`), data)
    await writeFile(join(contracts, 'huge.json'), whole.slice(0, 100))
    // Sparse: it is 200 MB for whoever reads it, and takes no room.
    await truncate(join(contracts, 'huge.json'), 200 * 1024 * 1024)
    await symlink('/dev/zero', join(contracts, 'device.json'))
    await symlink('moved-away', join(contracts, 'dangling.json'))
    before = await snapshot(project.path)
    result = await project.proofbook(['verify', 'contracts'])
  })
  afterAll(() => project[Symbol.asyncDispose]())

  test.each(bad)('%s is one message with its file and place', (name, _, message) => {
    const said = `contracts/${name}.json:${message}`
    expect(result.output).toContain(said)
  })

  test.each(unopened)('%s is not even opened, and says so', (name, message) => {
    expect(result.output).toContain(`contracts/${name}.json: ${message}`)
  })

  test('nothing crashes, and what is sound beside it is verified', () => {
    expect(result.output).toContain('✓ contracts/web-shop.json:9 > web to shop > a request')
    expect(result.output).toContain('shop      4 interactions    4 verified')
    expect(result.output).toContain(`unusable  ${bad.length + 1} interactions`)
    expect(result.output).not.toMatch(/Unhandled|RangeError|heap|\bat .*harness\/|node:internal/)
    expect(result.status).toBe(1)
  })

  test('names of contracts lead nowhere, and no control character reaches the terminal', async () => {
    expect(result.output).toContain('../../../../etc/passwd [2J to shop > __proto__')
    for (const character of ['\u0000', '\u001b']) expect(result.output).not.toContain(character)
    expect(await snapshot(project.path)).toEqual(before)
    const kept = await readdir(join(project.path, '.proofbook'), { recursive: true })
    expect(
      kept.filter((name) => !/^(results\.json|evidence(\/[0-9a-f]{10}\.json)?)$/.test(name)),
    ).toEqual([])
  })

  test('states lists the same problems', async () => {
    const { output, status } = await project.proofbook(['states'])
    for (const [name, , message] of bad)
      expect(output).toContain(`contracts/${name}.json:${message}`)
    for (const [name, message] of unopened)
      expect(output).toContain(`contracts/${name}.json: ${message}`)
    expect(status).toBe(1)
  })
})
