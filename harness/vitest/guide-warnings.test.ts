import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { guideWarnings } from './guide-warnings.ts'

const page = (adopted: boolean, label: string): string =>
  `---\nintegration: orders\nadopted: ${adopted}\n---\n# A\n\n## Scenario: A\n\n${label}\n`

test('problems of pages that are not adopted are lines, and those of others are cases', async () => {
  await using folder = await temporaryFolder({
    'guides/a.md': page(false, '**Verfication**: x'),
    'guides/b.md': page(true, '**Verfication**: x'),
    'guides/c.md': page(false, '**Verification**: x'),
  })
  const roots = ['a', 'b', 'c', 'gone'].map((name) => ({
    kind: 'guide' as const,
    file: `guides/${name}.md`,
  }))
  const paths = new Set(roots.map(({ file }) => join(folder.path, file)))
  expect(await guideWarnings(folder.path, roots, new Set())).toEqual([])
  expect(await guideWarnings(folder.path, roots, paths)).toEqual([
    'warning   guides/a.md:9:1: "Verfication" is no label; write "Verification"',
  ])
})

test('a person reads the first twenty', async () => {
  await using folder = await temporaryFolder({
    'old.md': page(false, '**Verfication**: x\n\n'.repeat(30)),
  })
  const lines = await guideWarnings(
    folder.path,
    [{ kind: 'guide', file: 'old.md' }],
    new Set([join(folder.path, 'old.md')]),
  )
  expect(lines).toHaveLength(21)
  expect(lines.at(-1)).toBe('warning   10 more: npx proofbook guide check lists them')
})
