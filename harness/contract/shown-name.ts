/**
 * A name as terminals and test names may have it: names come from outside, so one line, no control
 * characters, bounded.
 *
 * @example
 * shownName('a\n\u001B[31mrequest') // 'a [31mrequest'
 */
export const shownName = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
