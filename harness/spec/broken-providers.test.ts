import { describe, expect, test } from 'vitest'
import { expectShown } from '../testing/findings-page.ts'
import { clauseOf, type SpecCode } from './codes.ts'
import { brokenProviders, type BrokenProvider } from './testing/broken-providers.ts'
import { prove } from './testing/prove.ts'

const table = Object.entries(brokenProviders) as [SpecCode, BrokenProvider][]

describe('a provider that breaks exactly one promise', () => {
  test.each(table)(
    '%s: is found, and nothing else is',
    async (code, { document, broken, technique = 'examples', credentials = [] }) => {
      const options = { techniques: [technique], credentials }
      const { verdict, codes, findings } = await prove(document, broken, options)
      expect({ verdict, codes }).toEqual({ verdict: 'failed', codes: [code] })
      expect(findings[0]?.clause).toBe(clauseOf(code))
      for (const finding of findings) expectShown(finding)
    },
  )

  test.each(table)(
    '%s: one that keeps it is verified',
    async (_, { document, sound, technique = 'examples', credentials = [] }) => {
      const { verdict, codes } = await prove(document, sound, {
        techniques: [technique],
        credentials,
      })
      expect({ verdict, codes }).toEqual({ verdict: 'verified', codes: [] })
    },
  )
})
