import { createServer } from 'node:http'
import { Pool } from 'pg'

/*
 * The provider of the benchmark: `node provider.mjs PORT`, with DATABASE_URL. /orders/N reads a row,
 * as a small service does; /health answers when the database does; /_pact/states takes any state.
 */
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 })
pool.on('error', () => {})

const answer = (response, status, body) =>
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))

const order = async (id) => {
  const { rows } = await pool.query('SELECT id, word FROM t0 WHERE id = $1', [(id % 100) + 1])
  return { id, word: rows[0].word, lines: [{ sku: 'A-1', quantity: 2 }] }
}

const server = createServer((request, response) => {
  const [, kind, id] = request.url.split('/')
  const work = kind === 'orders' ? order(Number(id)) : pool.query('SELECT 1').then(() => ({}))
  work.then(
    (body) => answer(response, 200, body),
    (error) => answer(response, 503, { error: String(error) }),
  )
})
server.listen(Number(process.argv[2]), '127.0.0.1')
