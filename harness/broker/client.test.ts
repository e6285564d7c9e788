import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { describe, expect, test } from 'vitest'
import { serve } from '../testing/serve.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { BrokerError } from './broker-error.ts'
import { openBroker, type Broker } from './client.ts'
import { brokerSettings } from './settings.ts'
import { selfSigned } from './testing/self-signed.ts'

const token = 'a-token-that-nobody-sees'

const brokerAt = (url: string, environment = {}, within = '2s'): Broker =>
  openBroker(brokerSettings({ url, token, within }, environment, '.'))

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/hal+json' }).end(JSON.stringify(body))
  }

/** What a call fails with. */
const failure = async (work: Promise<unknown>): Promise<BrokerError> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof BrokerError) return error
  throw new Error(`no BrokerError: ${String(error)}`)
}

/** Each request gets the next of these answers; the last goes on. */
const inTurn = (...answers: readonly RequestListener[]): RequestListener => {
  let count = 0
  return (request, response) => {
    const answer = answers[Math.min(count, answers.length - 1)]
    count += 1
    answer?.(request, response)
  }
}

describe('a broker that misbehaves for a moment', () => {
  const breaks: RequestListener = (_, response) => response.socket?.destroy()
  const half: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"_links":')
    response.socket?.end()
  }
  test.each<[string, RequestListener]>([
    ['500', json({}, 500)],
    ['503', json({}, 503)],
    ['429', json({}, 429)],
    ['a broken connection', breaks],
    ['half an answer', half],
    ['no answer at all', () => {}],
  ])('is asked again after %s', async (_, wrong) => {
    await using served = await serve(inTurn(wrong, json({ well: true })))
    await using broker = brokerAt(served.url)
    expect((await broker.index()).value).toEqual({ well: true })
    expect(served.asked).toEqual(['GET /', 'GET /'])
  })
})

describe('a broker that stays ill', () => {
  test.each<[string, RequestListener, RegExp]>([
    [
      '500s',
      json({ error: 'the disk is full' }, 500),
      /within 1 s; last: the broker answers 500 to GET .*: the disk is full/,
    ],
    ['silence', () => {}, /within 1 s; last: it did not answer in time/],
    [
      'broken connections',
      (_, response) => response.socket?.destroy(),
      /last: the connection was broken/,
    ],
  ])('%s: is given up within the bound, and may go better later', async (_, listener, words) => {
    await using served = await serve(listener)
    await using broker = brokerAt(served.url, {}, '1s')
    const start = performance.now()
    const error = await failure(broker.index())
    expect(performance.now() - start).toBeLessThan(1500)
    expect(served.asked.length).toBeGreaterThan(1)
    expect(error.message).toMatch(words)
    expect(error.message).toContain('broker.within')
    expect(error.refused).toBe(false)
  })

  test('nobody listens: said with the address', async () => {
    const served = await serve(json({}))
    await served[Symbol.asyncDispose]()
    await using broker = brokerAt(served.url, {}, '500ms')
    const { message } = await failure(broker.index())
    expect(message).toContain(`GET ${served.url} within 0.5 s; last: nobody listens there`)
  })
})

describe('an answer that is no answer of a broker', () => {
  test.each<[string, RequestListener, RegExp]>([
    [
      'a page',
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      /is no JSON \(text\/html\), or was cut off: "<html>"\n {2}expected: .*\n {2}fix: check the address/,
    ],
    [
      'half of its JSON',
      (_, response) =>
        response.writeHead(200, { 'content-type': 'application/hal+json' }).end('{"_li'),
      /was cut off: "\{\\"_li"/,
    ],
    [
      'more than 50 MB',
      (_, response) => {
        const chunk = Buffer.alloc(1024 * 1024, 32)
        const more = (): void => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
      },
      /is larger than 50 MB/,
    ],
  ])('%s', async (_, listener, words) => {
    await using served = await serve(listener)
    await using broker = brokerAt(served.url, {}, '10s')
    const { message } = await failure(broker.index())
    expect(message).toMatch(words)
    expect(served.asked).toHaveLength(1)
  })
})

describe('a broker that says no', () => {
  test.each<[number, unknown, boolean, RegExp]>([
    [
      401,
      '',
      false,
      /answers 401 to POST .*\n {2}fix: set PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD/,
    ],
    [403, '', false, /answers 403.*\n {2}fix: use credentials that may do this/],
    [400, { errors: { branch: ['is blank'] } }, true, /answers 400 to POST .*: branch: is blank/],
    [
      409,
      { notices: [{ type: 'error', text: 'Cannot change the content' }] },
      true,
      /: Cannot change the content/,
    ],
    [404, 'not JSON', true, /answers 404 to POST/],
  ])('%i is said in its own words, and not asked again', async (status, body, refused, words) => {
    await using served = await serve(json(body, status))
    await using broker = brokerAt(served.url)
    const error = await failure(broker.send('POST', `${served.url}/x`, {}))
    expect(error.message).toMatch(words)
    expect(error).toMatchObject({ refused, status })
    expect(served.asked).toHaveLength(1)
  })

  test('404 is no failure where something may be absent', async () => {
    await using served = await serve(json({}, 404))
    await using broker = brokerAt(served.url)
    expect(await broker.find(`${served.url}/x`)).toBeUndefined()
  })
})

describe('a redirect', () => {
  const to =
    (status: number, location?: string): RequestListener =>
    (_, response) => {
      response.writeHead(status, location === undefined ? {} : { location }).end()
    }

  test('is followed by a read, with credentials', async () => {
    const seen: (string | undefined)[] = []
    await using served = await serve((request, response) => {
      seen.push(request.headers.authorization)
      if (request.url === '/') to(302, '/home')(request, response)
      else json({ home: true })(request, response)
    })
    await using broker = brokerAt(served.url)
    expect((await broker.index()).value).toEqual({ home: true })
    expect(seen).toEqual([`Bearer ${token}`, `Bearer ${token}`])
  })

  test('is followed by a write only where the write stays one', async () => {
    const methods: (string | undefined)[] = []
    await using served = await serve((request, response) => {
      methods.push(`${request.method} ${request.url}`)
      if (request.url === '/kept') to(308, '/there')(request, response)
      else if (request.url === '/lost') to(301, '/there')(request, response)
      else json({})(request, response)
    })
    await using broker = brokerAt(served.url)
    await broker.send('POST', `${served.url}/kept`, { a: 1 })
    expect(methods).toEqual(['POST /kept', 'POST /there'])
    const { message } = await failure(broker.send('POST', `${served.url}/lost`, {}))
    expect(message).toMatch(
      /answers 301 to POST .*\/lost and leads to .*\/there: what was sent would be lost/,
    )
    expect(message).toContain(`fix: say ${served.url} as the broker's address`)
  })

  test('to another origin is not followed: credentials go nowhere else', async () => {
    await using elsewhere = await serve(json({}))
    await using served = await serve(to(302, `${elsewhere.url}/steal`))
    await using broker = brokerAt(served.url)
    const { message } = await failure(broker.index())
    expect(message).toContain(`leads to another place: ${elsewhere.url}/steal`)
    expect(message).toContain(`expected: addresses below ${served.url}`)
    expect(elsewhere.asked).toEqual([])
  })

  test.each([
    ['in a circle', to(302, '/'), /redirects more than 5 times, last to /],
    ['to nowhere', to(302), /answers 302 to GET .* without saying where to go/],
  ])('%s is said', async (_, listener, words) => {
    await using served = await serve(listener)
    await using broker = brokerAt(served.url)
    expect((await failure(broker.index())).message).toMatch(words)
  })
})

test('a write that must not be done twice is looked for before it is sent again', async () => {
  await using served = await serve((request, response) => {
    if (request.method === 'POST') response.socket?.destroy()
    else json({ there: true })(request, response)
  })
  await using broker = brokerAt(served.url)
  const url = `${served.url}/results`
  const answer = await broker.send('POST', url, {}, { taken: () => broker.find(url) })
  expect(answer.value).toEqual({ there: true })
  expect(served.asked).toEqual(['POST /results', 'GET /results'])
})

test('no message shows a secret, whoever repeats it', async () => {
  await using served = await serve(json({ error: `who is ${token}?` }, 400))
  await using broker = brokerAt(served.url)
  const { message, parts } = await failure(broker.get(`${served.url}/${token}`))
  expect(message).toContain('who is ***?')
  expect(JSON.stringify([message, parts])).not.toContain(token)
})

describe('a certificate of its own', async () => {
  const server = createTlsServer(selfSigned, json({ safe: true }))
  const open = async (): Promise<{ readonly url: string } & AsyncDisposable> => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return {
      url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      [Symbol.asyncDispose]: async () => {
        server.closeAllConnections()
        server.close()
        await once(server, 'close')
      },
    }
  }

  test('is refused at once where nobody names it, and taken where somebody does', async () => {
    await using folder = await temporaryFolder({ 'ca.pem': selfSigned.cert })
    await using served = await open()
    await using wary = brokerAt(served.url)
    const { message } = await failure(wary.index())
    expect(message).toMatch(/its certificate is not trusted: .*\(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
    expect(message).toContain('broker.certificate in the configuration, or SSL_CERT_FILE')

    await using byVariable = brokerAt(served.url, { SSL_CERT_FILE: `${folder.path}/ca.pem` })
    expect((await byVariable.index()).value).toEqual({ safe: true })
    const settings = { url: served.url, certificate: 'ca.pem' }
    await using byConfig = openBroker(brokerSettings(settings, {}, folder.path))
    expect((await byConfig.index()).value).toEqual({ safe: true })
  })
})

describe('a proxy', () => {
  /** Tunnels, and forwards what is asked without a tunnel. */
  const openProxy = async () => {
    const tunnels: string[] = []
    const server = createServer((_, response) => response.writeHead(405).end())
    server.on('connect', (request, socket, head) => {
      const [host = '', port = ''] = (request.url ?? '').split(':')
      tunnels.push(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim())
      const target = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
        target.write(head)
        target.pipe(socket).pipe(target)
      })
      target.on('error', () => socket.destroy())
      socket.on('error', () => target.destroy())
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return {
      tunnels,
      port: (server.address() as AddressInfo).port,
      [Symbol.asyncDispose]: async () => {
        server.closeAllConnections()
        server.close()
      },
    }
  }

  test('is gone through where the environment names one, with its own credentials', async () => {
    const server = createTlsServer(selfSigned, json({ far: true }))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await using folder = await temporaryFolder({ 'ca.pem': selfSigned.cert })
    await using proxy = await openProxy()
    const environment = {
      HTTPS_PROXY: `http://me:secret-of-proxy@127.0.0.1:${proxy.port}`,
      SSL_CERT_FILE: `${folder.path}/ca.pem`,
    }
    await using through = brokerAt(`https://127.0.0.1:${port}`, environment)
    expect((await through.index()).value).toEqual({ far: true })
    const pair = Buffer.from('me:secret-of-proxy').toString('base64')
    expect(proxy.tunnels).toEqual([`127.0.0.1:${port} Basic ${pair}`])

    await using around = brokerAt(`https://127.0.0.1:${port}`, {
      ...environment,
      NO_PROXY: '127.0.0.1',
    })
    expect((await around.index()).value).toEqual({ far: true })
    expect(proxy.tunnels).toHaveLength(1)
    server.closeAllConnections()
    server.close()
  })

  test('that is down is said', async () => {
    await using folder = await temporaryFolder({ 'ca.pem': selfSigned.cert })
    const proxy = await openProxy()
    await proxy[Symbol.asyncDispose]()
    const environment = {
      HTTPS_PROXY: `http://me:secret-of-proxy@127.0.0.1:${proxy.port}`,
      SSL_CERT_FILE: `${folder.path}/ca.pem`,
    }
    await using broker = brokerAt('https://broker.example.test', environment, '500ms')
    const { message } = await failure(broker.index())
    expect(message).toContain('nobody listens there')
    expect(message).not.toContain('secret-of-proxy')
  })
})
