import { createServer, type AddressInfo } from 'node:net'
import { openLink } from '../../harness/testbed/link/link.ts'

/**
 * The other side of the benchmark, as a process of its own: `serve.ts echo` sends back what comes,
 * `serve.ts link PORT` is a link to that port. Prints the port that it listens on.
 */
const [role, targetPort] = process.argv.slice(2)

if (role === 'echo') {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes) => socket.write(bytes))
  })
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
} else {
  const target = { host: '127.0.0.1', port: Number(targetPort) }
  console.log((await openLink({ name: 'bench', target })).port)
}
