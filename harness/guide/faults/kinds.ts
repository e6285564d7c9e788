import { nearest } from '../../model/nearest.ts'
import { Blocked } from '../../model/user-error.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { Surroundings } from '../surroundings.ts'
import { credentialFault } from './credential.ts'
import { databaseFault } from './database.ts'
import type { AnyFault, FaultSpecification } from './fault.ts'
import type { AppliedFault, ParsedFault } from './fault-kind.ts'
import { linkFault } from './link.ts'
import { providerFault } from './provider.ts'
import { settingFault } from './setting.ts'
import { stubFault } from './stub.ts'

/** Every kind of fault that a page can name. */
export const faultKinds = [
  linkFault,
  stubFault,
  databaseFault,
  credentialFault,
  providerFault,
  settingFault,
] as const

/**
 * Reads the words after `Fault`.
 *
 * @example
 * parseFault('link `payments`, timeout') // { fault: { kind: 'link', link: 'payments', toxic: … } }
 */
export const parseFault = (text: string): ParsedFault<AnyFault> => {
  const [, word = '', rest = ''] = /^\s*([A-Za-z-]*)\s*([\s\S]*)$/.exec(text) ?? []
  const kind = faultKinds.find((candidate) => candidate.kind === word.toLowerCase())
  if (kind !== undefined) return kind.parse(rest.trim())
  const names = faultKinds.map((candidate) => candidate.kind)
  const meant = nearest(word, names)
  return {
    problem: {
      problem: word === '' ? 'the fault names no kind' : `there is no fault "${word}"`,
      expected: faultKinds.flatMap((candidate) => candidate.words).join('; '),
      ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
    },
  }
}

/** A provider that is given by its address has no dependencies, links and settings of ours. */
const isOurs = ({ description: { values } }: Testbed): boolean => Object.keys(values).length > 0

/**
 * Puts a fault on a testbed. Throws `UserError` where the testbed has no such part, and `Blocked`
 * where the provider is not ours.
 */
export const putFault = async (
  testbed: Testbed,
  fault: FaultSpecification,
  surroundings: Surroundings,
): Promise<AppliedFault> => {
  if (!isOurs(testbed))
    throw new Blocked({
      problem: `the fault "${fault.text}" cannot be made: the provider is given by its address`,
      place: fault.place,
      expected: faultKinds.find(({ kind }) => kind === fault.kind)?.runtimes ?? '',
      fix: 'let the config say how the provider is started',
    })
  switch (fault.kind) {
    case 'link':
      return linkFault.put(testbed, fault, surroundings)
    case 'stub':
      return stubFault.put(testbed, fault, surroundings)
    case 'database':
      return databaseFault.put(testbed, fault, surroundings)
    case 'credential':
      return credentialFault.put(testbed, fault, surroundings)
    case 'provider':
      return providerFault.put(testbed, fault, surroundings)
    default:
      return settingFault.put(testbed, fault, surroundings)
  }
}
