/** How to reach one database, in the forms in which providers and tools take it. */
export interface DatabaseConnection {
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  /** `postgres://user:password@host:port/name` */
  readonly url: string
  /** `jdbc:postgresql://host:port/name`; user and password go beside it. */
  readonly jdbcUrl: string
}

/** Where a server listens, and as whom to log in. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
}

/**
 * The connection to a database of a server.
 *
 * @example
 * connectionTo({ host: '127.0.0.1', port: 5432, user: 'postgres', password: 'p' }, 'orders').url
 * // 'postgres://postgres:p@127.0.0.1:5432/orders'
 */
export const connectionTo = (server: ServerAddress, name: string): DatabaseConnection => {
  const { host, port, user, password } = server
  const [login, secret, path] = [user, password, name].map(encodeURIComponent)
  return {
    name,
    host,
    port,
    user,
    password,
    url: `postgres://${login}:${secret}@${host}:${port}/${path}`,
    jdbcUrl: `jdbc:postgresql://${host}:${port}/${path}`,
  }
}

/** The same for libpq, which most migration tools and `psql` read. */
export const connectionEnvironment = (
  connection: DatabaseConnection,
): Readonly<Record<string, string>> => ({
  DATABASE_URL: connection.url,
  PGHOST: connection.host,
  PGPORT: String(connection.port),
  PGUSER: connection.user,
  PGPASSWORD: connection.password,
  PGDATABASE: connection.name,
})
