import { describe, expect, test } from 'vitest'
import { validateConfig } from './load.ts'

const source = `import { defineConfig, postgres } from 'proofbook'

export default defineConfig({
  runtime: 'process',
  integrations: {
    orders: {
      provider: {
        start: { command: ['node', 'server.js'] },
        environmnet: { A: 'b' },
      },
      dependencies: {
        database: postgres({ version: 14, sed: 'x.sql' }),
      },
    },
  },
})
`

const messageOf = (value: unknown): string => {
  try {
    validateConfig(value, 'proofbook.config.ts', source)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'no error'
}

const provider = { start: { command: ['node', 'server.js'] } }

describe('a configuration with mistakes', () => {
  test('names a mistyped key, its place, and the nearest right one', () => {
    const message = messageOf({
      integrations: { orders: { provider: { ...provider, environmnet: { A: 'b' } } } },
    })
    expect(message).toBe(
      [
        'proofbook.config.ts:9:9: unknown key "environmnet" in integrations.orders.provider',
        '  expected: one of name, start, ready, environment, states, messages, beforeRequest, metrics, reset',
        '  fix: write "environment"',
      ].join('\n'),
    )
  })

  test('lists every mistake at once', () => {
    const message = messageOf({
      runtime: 'process',
      integrations: {
        orders: {
          provider,
          dependencies: { database: { type: 'postgres', version: 14, sed: 'x' } },
        },
      },
    })
    expect(message).toContain('proofbook.config.ts:4:3: runtime: ')
    expect(message).toContain(
      'proofbook.config.ts:12:30: integrations.orders.dependencies.database.version: expected one of 15|16|17|18',
    )
    expect(message).toContain('expected: one of type, version, extensions, migrate, seed, image\n')
    expect(message).toContain('fix: write "seed"')
  })

  test('says what is missing where it should stand', () => {
    expect(messageOf({ integrations: { orders: { provider: {} } } })).toContain(
      'proofbook.config.ts:8:9: integrations.orders.provider.start',
    )
  })

  test('a valid one passes and keeps what it says', () => {
    expect(validateConfig({ integrations: { orders: { provider } } }, 'x', '')).toEqual({
      integrations: { orders: { provider } },
    })
  })
})
