import type { TestbedDescription } from '../testbed.ts'

/**
 * The ports of a testbed's own parts, past its links and before them.
 *
 * @example
 * ownPorts(testbed.description) // [41001, 41002]
 */
export const ownPorts = ({
  providerUrl,
  values,
  databases,
  stubs,
}: TestbedDescription): readonly number[] => {
  const urls = [providerUrl, ...Object.values(databases), ...Object.values(stubs)]
  const ports = Object.entries(values).filter(([name]) => /(?:^|\.)port$/.test(name))
  return [
    ...urls.flatMap((url) => (URL.canParse(url) ? [Number(new URL(url).port)] : [])),
    ...ports.map(([, port]) => Number(port)),
  ]
}
