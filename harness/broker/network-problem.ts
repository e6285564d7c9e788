/** Why a request got no whole answer. */
export interface NetworkProblem {
  readonly words: string
  /** Whether the same may go better in a moment. */
  readonly again: boolean
  readonly fix?: string
}

const certificateCodes =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_|ERR_TLS_CERT|ERR_SSL)/

/** Errors nest: undici's own says "fetch failed", what lies behind it says why. */
const chainOf = (error: unknown): readonly Error[] => {
  const chain: Error[] = []
  for (let one = error; one instanceof Error && chain.length < 8; one = one.cause) {
    chain.push(one)
    if (one instanceof AggregateError) chain.push(...one.errors.filter((e) => e instanceof Error))
  }
  return chain
}

const codeOf = (error: Error): string => {
  const code: unknown = Reflect.get(error, 'code')
  return typeof code === 'string' ? code : ''
}

const known: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was broken',
  UND_ERR_SOCKET: 'the connection was broken before the answer was whole',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer is shorter than it says',
  EAI_AGAIN: 'the name cannot be looked up just now',
}

/**
 * What stood in the way of a request, in words, and whether it is worth another try.
 *
 * @example
 * networkProblem(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })).again // true
 */
export const networkProblem = (error: unknown): NetworkProblem => {
  const chain = chainOf(error)
  const named = (pattern: RegExp): Error | undefined =>
    chain.find((one) => pattern.test(codeOf(one)))
  if (chain.some(({ name }) => name === 'TimeoutError' || name === 'HeadersTimeoutError'))
    return { words: 'it did not answer in time', again: true }
  const certificate = named(certificateCodes)
  if (certificate !== undefined)
    return {
      words: `its certificate is not trusted: ${certificate.message} (${codeOf(certificate)})`,
      again: false,
      fix: 'name the certificate of who signed it: broker.certificate in the configuration, or SSL_CERT_FILE',
    }
  if (named(/^ENOTFOUND$/) !== undefined)
    return {
      words: 'there is no host of that name',
      again: false,
      fix: 'check the address of the broker',
    }
  const code = chain.map(codeOf).find((one) => known[one] !== undefined)
  if (code !== undefined) return { words: known[code] ?? '', again: true }
  const last = chain.at(-1)
  return { words: last?.message ?? String(error), again: true }
}
