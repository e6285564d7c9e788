import { expect, test } from 'vitest'
import { makeProject } from '../testing/project.ts'
import { shop, shopGuide } from '../testing/shop.ts'

const guide = (code: string): string =>
  shopGuide(
    'ts',
    `const { data } = await api.GET('/items/{id}', { params: { path: { id: 1 } } })
${code}`,
  )

test('types are written beside the document, checked, and stale after a change', async () => {
  const files = shop()
  await using project = await makeProject(files)
  expect((await project.proofbook(['types', '--check'])).stderr).toContain(
    'specs/shop.d.ts: the types are not those of the document',
  )
  expect((await project.proofbook(['types'])).stdout).toContain('wrote specs/shop.d.ts')
  expect((await project.proofbook(['types', '--check'])).status).toBe(0)
  await project.write(
    'specs/shop.yaml',
    (files['specs/shop.yaml'] ?? '').replace('name: {', 'title: {'),
  )
  expect((await project.proofbook(['types', '--check'])).status).toBe(1)
})

test.each([
  ['expect(data?.name).toBe("tea")', 0],
  ['expect(data?.nmae).toBe("tea")', 1],
])(
  'a fence with %s is exit status %i, at its line and column of the page',
  async (code, status) => {
    await using project = await makeProject(shop({ 'guides/shop.md': guide(code) }))
    await project.proofbook(['types'])
    const result = await project.proofbook(['types', '--check'])
    expect(result.status).toBe(status)
    if (status === 1)
      expect(result.stderr).toMatch(/^guides\/shop\.md:11:14: Property 'nmae' does not exist/)
  },
)
