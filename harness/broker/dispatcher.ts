import { getCACertificates } from 'node:tls'
import { EnvHttpProxyAgent, type Dispatcher } from 'undici'
import type { BrokerSettings, Environment } from './settings.ts'

const either = (environment: Environment, name: string): string =>
  environment[name.toLowerCase()] ?? environment[name] ?? ''

/** How a broker is reached: through the proxy that the environment names, with the authorities trusted that it must be. */
export const dispatcherFor = ({ certificates, environment }: BrokerSettings): Dispatcher => {
  const trusted =
    certificates === undefined ? {} : { ca: [...getCACertificates('default'), certificates] }
  return new EnvHttpProxyAgent({
    httpProxy: either(environment, 'HTTP_PROXY'),
    httpsProxy: either(environment, 'HTTPS_PROXY'),
    noProxy: either(environment, 'NO_PROXY'),
    connect: trusted,
    requestTls: trusted,
    proxyTls: trusted,
  })
}
