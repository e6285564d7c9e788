/** Where a container engine listens: plain data, so that it can be written into a run's registry. */
export type EngineAddress =
  | { readonly socketPath: string }
  | {
      readonly host: string
      readonly port: number
      /** Folder with `ca.pem`, `cert.pem` and `key.pem`; absent: no TLS. */
      readonly certificates?: string
    }

/** The settings that say how an engine is reached, as Docker's own tools read them. */
export interface EngineSettings {
  readonly tlsVerify?: string | undefined
  readonly certificates?: string | undefined
}

const portWithoutTls = 2375
const portWithTls = 2376

const overTcp = (
  { hostname, port }: URL,
  { tlsVerify, certificates }: EngineSettings,
): EngineAddress =>
  tlsVerify === '1' && certificates !== undefined
    ? { host: hostname, port: Number(port) || portWithTls, certificates }
    : { host: hostname, port: Number(port) || portWithoutTls }

/**
 * Reads an address as `DOCKER_HOST` holds it; what cannot be used comes back as the reason, in words.
 *
 * @example
 * parseEngineAddress('unix:///run/docker.sock', {}) // { socketPath: '/run/docker.sock' }
 */
export const parseEngineAddress = (
  text: string,
  settings: EngineSettings,
): EngineAddress | string => {
  if (!URL.canParse(text)) return `${JSON.stringify(text)} is no address`
  const url = new URL(text)
  switch (url.protocol) {
    case 'unix:':
      return { socketPath: decodeURIComponent(url.pathname) }
    case 'npipe:':
      // Not the URL's own path: that has lost the dot which stands for this machine.
      return { socketPath: text.replace(/^npipe:\/+/, '//') }
    case 'tcp:':
    case 'http:':
    case 'https:':
      return url.hostname === '' ? `${text} names no host` : overTcp(url, settings)
    case 'ssh:':
      return `${text} is not asked over ssh: forward its socket (ssh -L) and name that`
    default:
      return `${url.protocol} is no way to an engine`
  }
}

/** As `DOCKER_HOST` holds it. */
export const formatEngineAddress = (address: EngineAddress): string => {
  if (!('socketPath' in address)) return `tcp://${address.host}:${address.port}`
  const { socketPath } = address
  return socketPath.startsWith('//') ? `npipe://${socketPath}` : `unix://${socketPath}`
}

/** Whether a value that came from a file is such an address. */
export const isEngineAddress = (value: unknown): value is EngineAddress => {
  if (typeof value !== 'object' || value === null) return false
  const { socketPath, host, port, certificates } = value as Record<string, unknown>
  if (typeof socketPath === 'string') return socketPath.startsWith('/')
  const isTls = certificates === undefined || typeof certificates === 'string'
  return typeof host === 'string' && Number.isInteger(port) && isTls
}
