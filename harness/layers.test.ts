import { readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { glob } from 'tinyglobby'
import { describe, expect, test } from 'vitest'

const harness = import.meta.dirname

/** From the bottom up: a folder may import from those before it and, inside itself, as it likes. */
const layers: readonly (readonly string[])[] = [
  ['model'],
  ['config'],
  ['testbed'],
  ['contract', 'spec', 'guide', 'diagnosis'],
  ['cross-check'],
  ['record'],
  ['broker'],
  [
    'attempt.ts',
    'conclude.ts',
    'looks.ts',
    'smallest.ts',
    'known-findings.ts',
    'stub-hints.ts',
    'what-differed.ts',
    'pipeline.ts',
  ],
  ['vitest'],
  ['cli'],
  ['index.ts'],
]

/** The stages of one kind of file: none imports another, `pipeline.ts` and its callers compose them. */
const stages = ['read', 'plan', 'replay', 'judge'] as const
const kinds = ['contract', 'spec', 'guide'] as const

const rankOf = (file: string): number => {
  const [head = ''] = file.split('/')
  return layers.findIndex((layer) => layer.includes(head))
}

const stageOf = (file: string): string | undefined => {
  const [kind = '', second = ''] = file.split('/')
  const name = second.replace(/\.ts$/, '')
  return kinds.some((known) => known === kind) && stages.some((known) => known === name)
    ? `${kind}/${name}`
    : undefined
}

const sources = (
  await glob(['**/*.ts'], {
    cwd: harness,
    ignore: ['**/*.test.ts', '**/testing/**', '**/test-*/**', 'vitest.config.ts'],
  })
).toSorted()

interface Import {
  readonly from: string
  readonly to: string
}

const importsOf = async (file: string): Promise<readonly Import[]> => {
  const text = await readFile(join(harness, file), 'utf8')
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(
    ([, path]) => normalize(join(dirname(file), path ?? '')),
  )
  return targets.map((to) => ({ from: file, to }))
}

const imports = (await Promise.all(sources.map(importsOf))).flat()

const words = ({ from, to }: Import): string => `${from} imports ${to}`

describe('the order of the folders', () => {
  test('has a place for every file', () => {
    expect(sources.filter((file) => rankOf(file) === -1)).toEqual([])
  })

  test('no file imports from a folder above its own, or from a sibling of the same rank', () => {
    const upwards = imports.filter(({ from, to }) => {
      const sameFolder = from.split('/')[0] === to.split('/')[0]
      if (sameFolder) return false
      if (rankOf(to) > rankOf(from)) return true
      return rankOf(to) === rankOf(from) && from.includes('/')
    })
    expect(upwards.map(words)).toEqual([])
  })

  test('no stage imports another stage', () => {
    const crossing = imports.filter(({ from, to }) => {
      const [a, b] = [stageOf(from), stageOf(to)]
      return a !== undefined && b !== undefined && a !== b
    })
    expect(crossing.map(words)).toEqual([])
  })

  test('the harness imports nothing from the folders at the root', () => {
    expect(imports.filter(({ to }) => to.startsWith('..')).map(words)).toEqual([])
  })

  test('reads imports at all', () => {
    expect(imports.length).toBeGreaterThan(100)
  })
})
