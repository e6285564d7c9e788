/**
 * The process that runs Pact's native library, started by `verifier.ts`. It is one of its own
 * because the library prints to the file descriptor past every stream of Node, reads switches from
 * the environment, and takes the process with it when it crashes.
 */
import pactCore from '@pact-foundation/pact-core'
import type { VerifierAnswer, VerifierJob } from './verifier-messages.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const transportsOf = ({ messages }: VerifierJob) => {
  if (messages === undefined) return {}
  const { port, pathname } = new URL(messages.url)
  const endpoint = { port: Number(port), path: pathname, scheme: 'http' }
  const protocols = new Set(['message', messages.protocol])
  return { transports: [...protocols].map((protocol) => ({ protocol, ...endpoint })) }
}

const verify = async (job: VerifierJob): Promise<VerifierAnswer> => {
  try {
    const json = await pactCore.default.verifyPacts({
      provider: job.provider,
      providerBaseUrl: job.providerUrl,
      ...transportsOf(job),
      pactUrls: [job.contractUrl],
      providerStatesSetupUrl: job.statesUrl,
      providerStatesSetupBody: true,
      providerStatesSetupTeardown: true,
      failIfNoPactsFound: true,
      // An interaction that expects 302 means the answer, not what the browser makes of it.
      followRedirects: false,
      timeout: job.timeoutMilliseconds,
      logLevel: 'error',
    })
    return { json }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return isJson(message) ? { json: message } : { failure: message }
  }
}

process.on('disconnect', () => process.exit())
process.on('message', (job: VerifierJob) => {
  void verify(job).then((answer) => process.send?.(answer))
})
