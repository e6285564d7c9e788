import { expect, test } from 'vitest'
import { connectionEnvironment, connectionTo } from './connection.ts'

const server = { host: '127.0.0.1', port: 5433, user: 'postgres', password: 'a/b@c' }

test('a connection in the forms that tools take', () => {
  const connection = connectionTo(server, 'case_1')
  expect(connection.url).toBe('postgres://postgres:a%2Fb%40c@127.0.0.1:5433/case_1')
  expect(connection.jdbcUrl).toBe('jdbc:postgresql://127.0.0.1:5433/case_1')
  expect(connectionEnvironment(connection)).toEqual({
    DATABASE_URL: connection.url,
    PGHOST: '127.0.0.1',
    PGPORT: '5433',
    PGUSER: 'postgres',
    PGPASSWORD: 'a/b@c',
    PGDATABASE: 'case_1',
  })
})
