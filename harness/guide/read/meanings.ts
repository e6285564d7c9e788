import { nearest } from '../../model/nearest.ts'

/** What a label of a scenario means. */
export type SectionMeaning =
  'problem' | 'solution' | 'given' | 'verification' | 'troubleshooting' | 'rollback'

/** What a label of a drill means. */
export type DrillMeaning =
  'symptoms' | 'fault' | 'breaks' | 'ends' | 'solution' | 'recovers' | 'prevention' | 'lost'

/** The words that people use; the first of each is ours. */
export const sectionWords: Readonly<Record<SectionMeaning, readonly string[]>> = {
  problem: ['Problem', 'Challenge', 'Background', 'Context'],
  solution: ['Solution', 'Resolution', 'Approach', 'How it works'],
  given: [
    'Given',
    'Prerequisites',
    'Precondition',
    'Preconditions',
    'Set-up',
    'Setup',
    'Before you start',
  ],
  verification: [
    'Verification',
    'Verify',
    'How to check',
    'How to verify',
    'How to confirm',
    'Check',
    'Checks',
    'Testing',
  ],
  troubleshooting: [
    'Troubleshooting',
    'Common issues',
    'Common problems',
    'Known issues',
    'When it fails',
    'If it fails',
  ],
  rollback: ['Rollback', 'Roll back', 'Undo', 'Clean-up', 'Cleanup'],
}

/** The words that people use in a drill; the first of each is ours. */
export const drillWords: Readonly<Record<DrillMeaning, readonly string[]>> = {
  symptoms: ['Symptoms', 'Symptom', 'Signs', 'What you see'],
  fault: ['Fault', 'Injected fault'],
  breaks: ['Breaks', 'Break'],
  ends: ['Ends', 'End', 'Ended'],
  solution: ['Solution', 'Fix', 'How to fix', 'Resolution', 'Remedy', 'Workaround'],
  recovers: ['Recovers', 'Recovery'],
  prevention: ['Prevention', 'Prevent', 'How to prevent'],
  lost: ['Nothing lost', 'Nothing is lost'],
}

const plain = (label: string): string =>
  label
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()

const lookUp = <Meaning extends string>(
  words: Readonly<Record<Meaning, readonly string[]>>,
  label: string,
): Meaning | undefined =>
  (Object.keys(words) as Meaning[]).find((meaning) =>
    words[meaning].some((word) => plain(word) === plain(label)),
  )

/** @example sectionMeaning('How to check') // 'verification' */
export const sectionMeaning = (label: string): SectionMeaning | undefined =>
  lookUp(sectionWords, label)

/** @example drillMeaning('Fix') // 'solution' */
export const drillMeaning = (label: string): DrillMeaning | undefined => lookUp(drillWords, label)

const lengthMin = 4

/**
 * The label that a mistyped one most likely means: near by edit distance and with the same first or
 * last letter, so that words such as *Notes* and *Limits* stay what they are.
 *
 * @example
 * nearestLabel('Verfication', ['Verification']) // 'Verification'
 */
export const nearestLabel = (label: string, known: readonly string[]): string | undefined => {
  if (label.length < lengthMin) return undefined
  const meant = nearest(label, known)
  if (meant === undefined) return undefined
  const [a, b] = [plain(label), plain(meant)]
  return a[0] === b[0] && a.at(-1) === b.at(-1) ? meant : undefined
}
