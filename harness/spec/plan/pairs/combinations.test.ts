import { describe, expect, test } from 'vitest'
import { parcelProvider, parcels, type ParcelFaults } from '../../testing/parcels.ts'
import { prove } from '../../testing/prove.ts'

const found = async (faults: ParcelFaults) =>
  (await prove(parcels, parcelProvider(faults), { techniques: ['boundaries'] })).codes

describe('what is right alone and wrong together', () => {
  test.each<readonly [name: string, fails: NonNullable<ParcelFaults['fails']>]>([
    ['two filters', ({ above, isFragile }) => above !== undefined && isFragile === 'false'],
    [
      'a value and an absent member',
      ({ weight, kind, note }) => weight !== undefined && kind === 'tube' && note === undefined,
    ],
    ['two optional members', ({ marks, isFragile }) => marks !== undefined && isFragile === false],
  ])('%s: is found', async (_, fails) => {
    expect(await found({ fails })).toEqual(['server-error'])
  })

  test('is no finding where only words forbid it', async () => {
    const refuses: ParcelFaults['refuses'] = ({ kind, isFragile }) =>
      kind === 'tube' && isFragile === true
    expect(await found({ refuses })).toEqual([])
  })
})
