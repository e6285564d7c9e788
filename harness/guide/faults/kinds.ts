import { nearest } from '../../model/nearest.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import type { FaultSpecification } from './fault.ts'
import type { AppliedFault, FaultProblem } from './fault-kind.ts'
import { linkFault } from './link.ts'

/** Every kind of fault that a page can name. */
export const faultKinds = [linkFault] as const

/**
 * Reads the words after `Fault`.
 *
 * @example
 * parseFault('link `payments`, timeout') // { fault: { kind: 'link', link: 'payments', toxic: … } }
 */
export const parseFault = (
  text: string,
): ReturnType<(typeof faultKinds)[number]['parse']> | { readonly problem: FaultProblem } => {
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

/** Puts a fault on a testbed. Throws `UserError` where the testbed has no such part. */
export const putFault = (testbed: Testbed, fault: FaultSpecification): Promise<AppliedFault> =>
  linkFault.put(testbed, fault)
