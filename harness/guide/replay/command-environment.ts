import type { TestbedDescription } from '../../testbed/testbed.ts'

/** What every program needs to be found and to speak. */
const pathAndLanguage = (): Readonly<Record<string, string>> => ({
  PATH: process.env['PATH'] ?? '',
  LANG: process.env['LANG'] ?? 'C.UTF-8',
})

/** What fills the config's placeholders: `DATABASE_URL` for `database.url`. */
const placeholderVariables = (
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name
        .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
        .replaceAll(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase(),
      value,
    ]),
  )

/**
 * What a command of a page finds in its environment: nothing of ours but where programs are, and
 * where the testbed is.
 *
 * @example
 * commandEnvironment(testbed.description).PROVIDER_URL // 'http://127.0.0.1:41234'
 */
export const commandEnvironment = ({
  values,
  providerUrl,
}: TestbedDescription): Readonly<Record<string, string>> => ({
  ...pathAndLanguage(),
  ...placeholderVariables(values),
  PROVIDER_URL: providerUrl,
})
