/** Names, bodies and logs come from outside: no control character of theirs reaches a terminal. */
export const printable = (text: string): string =>
  text.replaceAll(
    /[^\P{Cc}\n\t]|[\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
