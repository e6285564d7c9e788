import { describe, expect, test } from 'vitest'
import { UserError } from '../model/user-error.ts'
import { fillPlaceholders, placeholderNames } from './placeholders.ts'

const values = {
  port: '4000',
  'database.url': 'postgres://u:p@127.0.0.1:5/{port}',
  'pay-2.host': 'h',
}
const fill = (text: string) => fillPlaceholders(text, values, 'start.command')

const messageOf = (text: string): string => {
  try {
    return `no error, but ${fill(text)}`
  } catch (error) {
    expect(error).toBeInstanceOf(UserError)
    return (error as UserError).message
  }
}

describe('fillPlaceholders', () => {
  test.each([
    ['nothing to fill', 'nothing to fill'],
    ['--port={port}', '--port=4000'],
    ['{port}{port}', '40004000'],
    ['{pay-2.host}', 'h'],
    ['{{port}}', '{port}'],
    ['{{"a":{{"b":"{port}"}}}}', '{"a":{"b":"4000"}}'],
    ['${{HOME}}', '${HOME}'],
    ['', ''],
  ])('%s becomes %s', (text, expected) => {
    expect(fill(text)).toBe(expected)
  })

  test('what was filled in is not looked at again', () => {
    expect(fill('{database.url}')).toBe('postgres://u:p@127.0.0.1:5/{port}')
  })

  test('a mistyped name is an error that names the setting and suggests the nearest one', () => {
    expect(messageOf('{databse.url}')).toBe(
      [
        'Nothing fills the placeholder "{databse.url}" in start.command.',
        '  expected: one of {port}, {database.url}, {pay-2.host}',
        '  fix: write "{database.url}"',
      ].join('\n'),
    )
  })

  test('a name that resembles none gets no wild guess', () => {
    expect(messageOf('${HOME_FOLDER_OF_USER}')).toContain('belongs to no placeholder')
    expect(messageOf('{somethingelse}')).toContain(
      'write {{somethingelse}} if it is no placeholder',
    )
  })

  test('what every object inherits fills nothing', () => {
    expect(messageOf('{constructor}')).toContain('Nothing fills the placeholder "{constructor}"')
  })

  test.each(['{"a":1}', 'a } b', '{', '{port', '{ port }', '{port.}'])(
    'a loose brace is an error: %s',
    (text) => {
      expect(messageOf(text)).toContain('fix: write {{ and }} for braces that stay as they are')
    },
  )
})

describe('placeholderNames', () => {
  test('a database and a stub offer what they have', () => {
    expect(placeholderNames({ db: { type: 'postgres' }, pay: { type: 'wiremock' } })).toEqual([
      'port',
      'db.url',
      'db.jdbcUrl',
      'db.host',
      'db.port',
      'db.name',
      'db.user',
      'db.password',
      'pay.url',
      'pay.host',
      'pay.port',
    ])
  })

  test('without dependencies there is the port', () => {
    expect(placeholderNames()).toEqual(['port'])
  })
})
