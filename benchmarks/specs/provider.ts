import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Target } from './tool.ts'

/** A provider of the proving ground as a process on loopback; it ends with its scope. */
export const startProvider = async ({ name, mutant = '' }: Target) => {
  const main = new URL(`../../fixtures/providers/${name}/main.ts`, import.meta.url).pathname
  const child = spawn(process.execPath, ['--no-warnings', main, '--port', '0'], {
    env: { PATH: process.env['PATH'] ?? '', MUTANT: mutant },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let port: string | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    port = /"port":(\d+)/.exec(line)?.[1]
    break
  }
  if (port === undefined) throw new Error(`${name} did not start`)
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.dispose]: () => void child.kill(),
  }
}

/** The first credential that the provider takes, as the header that carries it. */
export const headersOf = ({
  ground,
}: Pick<Target, 'ground'>): readonly (readonly [string, string])[] =>
  ground.credentials
    .filter(({ rejected }) => rejected === undefined)
    .flatMap(({ fields }) => fields.map(({ name, value }) => [name, value] as const))
    .filter(([name], index, all) => all.findIndex((one) => one[0] === name) === index)
