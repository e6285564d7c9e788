import { createServer } from 'node:http'
import { Pool } from 'pg'

/*
 * The provider of the benchmark: `node provider.mjs PORT`, with DATABASE_URL. /work takes its 20 ms
 * in the database, so a case waits and uses no processor; /health answers when the database does.
 */
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 4 })
pool.on('error', () => {})

const queries = { work: 'SELECT pg_sleep(0.02)', health: 'SELECT 1' }

const answer = (response, status, text) =>
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(text)

const server = createServer((request, response) => {
  pool.query(queries[request.url.split('/')[1]]).then(
    () => answer(response, 200, 'done'),
    (error) => answer(response, 503, String(error)),
  )
})
server.listen(Number(process.argv[2]), '127.0.0.1')
