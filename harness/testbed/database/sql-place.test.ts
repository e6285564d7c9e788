import { describe, expect, test } from 'vitest'
import { indexOfCharacter, placeAt, statementStarts } from './sql-place.ts'

describe('placeAt', () => {
  test.each([
    ['SELECT 1;', 0, { line: 1, column: 1 }],
    ['SELECT 1;\nSELEC 2;', 10, { line: 2, column: 1 }],
    ['a\n\n  b', 5, { line: 3, column: 3 }],
    ['a\r\nb', 3, { line: 2, column: 1 }],
  ])('%j at %i', (text, index, place) => {
    expect(placeAt(text, index)).toEqual(place)
  })
})

describe('indexOfCharacter', () => {
  test('counts from 1', () => {
    expect(indexOfCharacter('abc', 3)).toBe(2)
  })

  test('takes what is two to JavaScript for one', () => {
    expect(indexOfCharacter("'😀' x", 5)).toBe(5)
  })

  test('stays within the text', () => {
    expect(indexOfCharacter('ab', 99)).toBe(2)
  })
})

const startsOf = (text: string): readonly string[] =>
  statementStarts(text).map((start) => text.slice(start, start + 5))

describe('statementStarts', () => {
  test.each([
    ['none', ' ;; \n -- nothing\n /* nothing */ ', []],
    ['two', 'SEL_1;\nSEL_2', ['SEL_1', 'SEL_2']],
    ['a semicolon in text', "SEL_1 ';'; SEL_2", ['SEL_1', 'SEL_2']],
    ['a doubled quote', "SEL_1 'it''s;'; SEL_2", ['SEL_1', 'SEL_2']],
    ['an escape string', "SEL_1 E'\\';'; SEL_2", ['SEL_1', 'SEL_2']],
    ['a backslash in plain text', "SEL_1 '\\'; SEL_2", ['SEL_1', 'SEL_2']],
    ['a quoted name', 'SEL_1 "a;b"; SEL_2', ['SEL_1', 'SEL_2']],
    ['a dollar quote', 'SEL_1 $$ a; b $$; SEL_2', ['SEL_1', 'SEL_2']],
    ['a tagged dollar quote', 'SEL_1 $f$ $$;$$ $f$; SEL_2', ['SEL_1', 'SEL_2']],
    ['a line comment', 'SEL_1 -- a;b\n; SEL_2', ['SEL_1', 'SEL_2']],
    ['nested comments', 'SEL_1 /* a; /* b; */ c; */; SEL_2', ['SEL_1', 'SEL_2']],
    ['a comment first', '-- a\nSEL_1; /* b */ SEL_2', ['SEL_1', 'SEL_2']],
    ['a name that ends in e', "SEL_1 date'2026-01-01'; SEL_2", ['SEL_1', 'SEL_2']],
    ['text that never ends', "SEL_1; SEL_2 'a", ['SEL_1', 'SEL_2']],
  ])('%s', (_, text, starts) => {
    expect(startsOf(text)).toEqual(starts)
  })
})
