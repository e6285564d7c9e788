const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The parts of a `verify` that say what is asked where. */
export interface RepeatOptions {
  readonly url: string
  readonly credential: readonly string[]
  readonly allowWrites?: boolean
  readonly rate?: string
  readonly statesUrl?: string
  readonly beforeRequest?: string
  readonly example: readonly string[]
}

/** `NAME=Header: …`: whoever repeats a case knows the value, and it stands in no output. */
const withoutValue = (credential: string): string => credential.replace(/^([^:]*:).*$/s, '$1 …')

/**
 * The command that repeats a case against a URL, as far as the id and the seed, which are added to
 * it. The values of credentials are left out.
 *
 * @example
 * repeatCommand(['a.yaml'], { url: 'http://127.0.0.1:8080', credential: [], example: [] })
 * // 'npx proofbook verify a.yaml --url http://127.0.0.1:8080'
 */
export const repeatCommand = (files: readonly string[], options: RepeatOptions): string =>
  [
    'npx proofbook verify',
    ...files.map(quoted),
    `--url ${quoted(options.url)}`,
    ...options.credential.map((one) => `--credential ${quoted(withoutValue(one))}`),
    ...(options.statesUrl === undefined ? [] : [`--states-url ${quoted(options.statesUrl)}`]),
    ...(options.beforeRequest === undefined
      ? []
      : [`--before-request ${quoted(options.beforeRequest)}`]),
    ...(options.allowWrites === true ? ['--allow-writes'] : []),
    ...(options.rate === undefined ? [] : [`--rate ${quoted(options.rate)}`]),
    ...options.example.map((one) => `--example ${quoted(one)}`),
  ].join(' ')
