import { createServer } from 'node:http'
import pg from 'pg'

/*
 * The provider of the benchmark: `node provider.mjs PORT`, with DATABASE_URL. /work takes its 20 ms
 * in the database, so a case waits and uses no processor; /health answers when the database does.
 */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 4 })
pool.on('error', () => {})

const queries = { work: 'SELECT pg_sleep(0.02)', health: 'SELECT 1' }

const server = createServer(async (request, response) => {
  try {
    await pool.query(queries[request.url.split('/')[1]])
    response.setHeader('Content-Type', 'text/plain').end('done')
  } catch (error) {
    response.writeHead(503).end(String(error))
  }
})
server.listen(Number(process.argv[2]), '127.0.0.1')
