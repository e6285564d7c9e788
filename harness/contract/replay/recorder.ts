import type { Exchange } from '../../model/http.ts'
import { readTranscript } from '../../testbed/link/http-transcript.ts'
import { preciseNow } from '../../testbed/link/recording.ts'
import { openTap, type RecordedConnection } from '../../testbed/link/tap.ts'

/** What Pact's patience was, which a connection alone does not tell. */
interface Patience {
  /** Milliseconds since 1970; Pact asked the provider after this. */
  readonly since: number
  readonly timeoutMilliseconds: number
}

/** Listens between Pact and the provider. */
interface Recorder extends AsyncDisposable {
  /** Where Pact finds the provider. */
  readonly url: string
  /** Ends the connections to the provider, which was waited for long enough. */
  cut(): void
  /**
   * Ends the recording and says what went over the wire; `undefined` where nothing can listen, as
   * with TLS.
   */
  finish(patience: Patience): Promise<readonly Exchange[] | undefined>
}

/** Opens a recorder in front of a provider. */
export type OpenRecorder = (providerUrl: string) => Promise<Recorder>

/**
 * Says which connections without an answer were closed because it was waited long enough:
 * that is not the provider's doing. The clock starts at `since`, so what was given up on has always
 * lasted for the whole time, seen from there.
 */
const exchangesOf = (
  connection: RecordedConnection,
  origin: string,
  { since, timeoutMilliseconds }: Patience,
): readonly Exchange[] => {
  const lasted = (connection.endedAt ?? preciseNow()) - since
  const exchanges = readTranscript(connection, origin)
  return lasted < timeoutMilliseconds
    ? exchanges
    : exchanges.map(({ request, answer }) =>
        answer === undefined
          ? { request, failure: `no answer within ${timeoutMilliseconds / 1000} s` }
          : { request, answer },
      )
}

/**
 * Puts a recording link in front of a provider that speaks HTTP; one that speaks HTTPS is asked
 * directly, because nothing can be read on the way.
 *
 * @example
 * await using recorder = await openRecorder('http://127.0.0.1:4000')
 * await recorder.finish({ since, timeoutMilliseconds: 10_000 })
 */
export const openRecorder: OpenRecorder = async (providerUrl) => {
  const { protocol, hostname, port, origin, pathname } = new URL(providerUrl)
  if (protocol !== 'http:') {
    return {
      url: providerUrl,
      cut: () => {},
      finish: () => Promise.resolve(undefined),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    }
  }
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const tap = await openTap({ target: { host, port: port === '' ? 80 : Number(port) } })
  return {
    url: `http://${tap.host}:${tap.port}${pathname.replace(/\/$/, '')}`,
    cut: () => void tap.close(),
    finish: async (patience) => {
      // Closed first: a connection whose end the tap has not noticed yet would count as open.
      await tap.close()
      return tap.take().flatMap((connection) => exchangesOf(connection, origin, patience))
    },
    [Symbol.asyncDispose]: () => tap.close(),
  }
}
