import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { expectCommitted } from '../testing/committed-page.ts'
import { configReference } from './reference.ts'
import { configSchema } from './schema.ts'

const introduction = `# The configuration

\`proofbook.config.ts\` exports \`defineConfig({ … })\`. It is plain data: code is named by the path of its module, a secret by the variable that holds it (\`env('NAME')\`). A key that does not stand here is an error, and its message names the nearest one that does.

This page is made of the schema that checks the configuration; \`harness/config/reference.test.ts\` says how.

`

test('docs/configuration.md is what the schema makes', async () => {
  await expectCommitted('docs/configuration.md', `${introduction}${configReference(configSchema)}`)
})

const described = { description: 'd' }
const text = z.string().meta(described)
const referenceOf = (shape: z.core.$ZodLooseShape): string => configReference(z.strictObject(shape))

describe('a key', () => {
  test.each<[string, z.ZodType, string]>([
    ['required', text, '| `key` | text | required | d |'],
    ['optional', text.optional(), '| `key` | text |  | d |'],
    [
      'with a default',
      z.int().min(1).max(9).optional().meta({ description: 'd', otherwise: '3' }),
      '| `key` | whole number, 1 to 9 | 3 | d |',
    ],
    ['of some values', z.enum(['a', 'b']).meta(described), '| `"a"` or `"b"` |'],
    [
      'of a list or not',
      z.union([text, z.array(text)]).meta(described),
      '| text or list of text |',
    ],
    ['that is a path', z.string().startsWith('/').meta(described), '| text that begins with `/` |'],
    ['of a pattern with a bar', z.string().regex(/^a|b$/).meta(described), '`^a\\|b$`'],
    ['with names below', z.record(z.string(), text).meta(described), '| by name: text |'],
  ])('%s', (_, schema, expected) => {
    expect(referenceOf({ key: schema })).toContain(expected)
  })

  test('without a description is refused by name', () => {
    expect(() =>
      referenceOf({ outer: z.strictObject({ inner: z.string() }).meta(described) }),
    ).toThrow('The key "inner" has no description.')
  })
})

describe('a section', () => {
  test('stands for each object, under its path', () => {
    const reference = referenceOf({
      shops: z.record(z.string(), z.strictObject({ name: text }).meta(described)).meta(described),
    })
    expect(reference).toMatch(/## `shops\.NAME`\n\nD\.\n\n\| key [^#]*\| `name` \|/)
  })

  test('has a table for each form that an object can take', () => {
    const forms = z.union([z.strictObject({ a: text }), z.strictObject({ b: text })])
    expect(referenceOf({ key: forms.meta(described) })).toMatch(
      /## `key`\n\nD\.\n\nWith `a`:\n\n\|[^#]*With `b`:\n\n\|/,
    )
  })

  test('is shared by what has an id, and linked to', () => {
    const shared = z.string().meta({ id: 'shared-of-this-test', description: 'the same' })
    const reference = referenceOf({ key: shared })
    expect(reference).toContain('[shared-of-this-test](#shared-of-this-test)')
    expect(reference).toContain('## shared-of-this-test\n\nThe same.')
  })
})
