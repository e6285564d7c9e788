import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { connect } from 'node:net'

/*
 * A provider for tests of testbeds: `node provider.mjs PORT`. It answers every path with what it was
 * started with, and /payments with what its upstream says; FAIL makes it misbehave in one way.
 */
const port = Number(process.argv[2])
const { FAIL, DATABASE_URL, PAYMENTS_URL, QUEUE, COLOUR, HOST = '127.0.0.1' } = process.env

if (FAIL === 'exit') {
  console.error('cannot go on: the cellar is empty')
  process.exit(3)
}
if (FAIL === 'address') {
  console.error(`Error: listen EADDRINUSE: address already in use 127.0.0.1:${port}`)
  process.exit(1)
}
// A port that is taken makes it wait, as some servers do, and say nothing.
if (FAIL === 'quiet') process.on('uncaughtException', () => setInterval(() => {}, 1000))
if (FAIL === 'daemon')
  spawn(process.execPath, ['-e', "require('node:net').createServer().listen(0)"], {
    detached: true,
    stdio: 'ignore',
  }).unref()
if (FAIL === 'deaf') process.on('SIGTERM', () => {})

// Ill for ever once its connection to the database is lost.
let lost = FAIL === 'unhealthy'
if (FAIL === 'tied') {
  const { hostname, port: at } = new URL(DATABASE_URL)
  const socket = connect({ host: hostname, port: Number(at) })
  socket.on('error', () => {})
  socket.on('close', () => {
    lost = true
  })
}

/** What the upstream answers to the provider itself. */
const askPayments = () =>
  fetch(`${PAYMENTS_URL}/pay`).then(
    (answer) => answer.status,
    () => 'unreachable',
  )

const handle = async (request, response) => {
  if (request.url === '/payments') {
    response.end(JSON.stringify(await askPayments()))
    return
  }
  const status = lost && request.url === '/health' ? 503 : 200
  const { pid } = process
  response.writeHead(status, { 'Content-Type': 'application/json' })
  response.end(
    JSON.stringify({
      pid,
      DATABASE_URL,
      PAYMENTS_URL,
      QUEUE,
      COLOUR,
      all: Object.keys(process.env),
    }),
  )
}

const server = createServer((request, response) => {
  void handle(request, response)
})
if (FAIL !== 'silent')
  server.listen(port, HOST, () => {
    console.log(`listening on ${port}`)
  })
else setInterval(() => {}, 1000)
