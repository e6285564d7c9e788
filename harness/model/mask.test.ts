import { describe, expect, test } from 'vitest'
import { maskOf } from './mask.ts'

describe('a mask', () => {
  test.each([
    ['as it is', 'Bearer top-secret!', 'Bearer ***'],
    ['URL-encoded', 'key=top-secret%21&x=1', 'key=***&x=1'],
    ['in base64', `Basic ${Buffer.from('top-secret!').toString('base64')}`, 'Basic ***'],
    ['twice', 'top-secret! top-secret!', '*** ***'],
    ['nothing to hide', 'Bearer other', 'Bearer other'],
  ])('hides a secret %s', (_, text, masked) => {
    expect(maskOf(['top-secret!'])(text)).toBe(masked)
  })

  test('hides a secret that JSON escapes', () => {
    const secret = 'quo"te\\back'
    expect(maskOf([secret])(JSON.stringify({ secret }))).toBe('{"secret":"***"}')
  })

  test('hides each line of a secret that has several, as a log shows them', () => {
    const mask = maskOf(['-----BEGIN KEY-----\nMIIEvQIBADANBg\nab\n'])
    expect(mask('> MIIEvQIBADANBg')).toBe('> ***')
    expect(mask('ab')).toBe('ab')
  })

  test('hides the longer of two secrets whole', () => {
    expect(maskOf(['abcd', 'abcdefgh'])('abcdefgh')).toBe('***')
  })

  test('leaves words shorter than four characters alone, for they stand everywhere', () => {
    expect(maskOf(['a', ''])('a cat')).toBe('a cat')
  })
})
