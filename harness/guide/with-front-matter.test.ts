import { describe, expect, test } from 'vitest'
import { withFrontMatter } from './with-front-matter.ts'

const add = (text: string): string => withFrontMatter('wiki/orders.md', text, 'orders')
const both = 'integration: orders\nadopted: false\n'

describe('a page that is taken over', () => {
  test.each([
    ['without any', '# Orders\n', `---\n${both}---\n# Orders\n`],
    ['with empty front matter', '---\n---\n# Orders\n', `---\n${both}---\n# Orders\n`],
    ['with a blank line in it', '---\n\n---\n# Orders\n', `---\n${both}\n---\n# Orders\n`],
    ['with a comment in it', '---\n# ours\n---\n', `---\n${both}# ours\n---\n`],
    ['with keys of others', '---\ntags: [a]\n---\n', `---\n${both}tags: [a]\n---\n`],
    [
      'with one of ours',
      '---\nintegration: [a, b]\n---\nx',
      '---\nadopted: false\nintegration: [a, b]\n---\nx',
    ],
    [
      'with both of ours',
      '---\n"integration": a\nadopted: false\n---\n',
      '---\n"integration": a\nadopted: false\n---\n',
    ],
    ['that ends in its front matter', '---\na: b\n---', `---\n${both}a: b\n---`],
    ['that begins with a rule', '---\n\nHello\n', `---\n${both}---\n---\n\nHello\n`],
    [
      'with words between two rules',
      '---\nHello there\n---\n',
      `---\n${both}---\n---\nHello there\n---\n`,
    ],
    [
      'with line ends of Windows',
      '---\r\na: b\r\n---\r\n# x\r\n',
      `---\r\n${both.replaceAll('\n', '\r\n')}a: b\r\n---\r\n# x\r\n`,
    ],
    ['with a mark of byte order', '\uFEFF# x\n', `\uFEFF---\n${both}---\n# x\n`],
  ])('%s', (_, before, after) => {
    expect(add(before)).toBe(after)
    expect(add(after)).toBe(after)
  })

  test('is refused where it says of itself that it is adopted', () => {
    expect(() => add('---\nadopted: yes\n---\n')).toThrow(
      'wiki/orders.md:1: this page says of itself that it is adopted\n  fix: take that line out',
    )
  })

  test('is refused where no line can be added to its front matter', () => {
    expect(() => add('---\n{ tags: [a] }\n---\n')).toThrow(
      'wiki/orders.md:1: the front matter is one value in braces',
    )
  })
})
