import { pageCodes } from './facts/comparison.ts'

/**
 * What a guide's finding can say, by code. Codes are stable: docs, reports and machines use them.
 */
export const guideCodes = {
  'guide-status': 'an answer has another status than the page says',
  'guide-header': 'an answer lacks a header that the page says',
  'guide-body': 'the body of an answer does not hold what the page says',
  'guide-no-answer': 'a request of the page got no answer',
  'guide-sql': 'the database does not hold what the page says, or refuses the statement',
  'guide-script': 'a ts fence of the page threw',
  'guide-command': 'a command of the page prints something else, or ends otherwise',
  'guide-kept': 'a fence uses a value that nothing has kept',
  'drill-not-reproduced': 'the fault did not break the step that the drill names',
  'drill-other-step': 'the fault broke another step than the drill names',
  'drill-canary': 'the fault was never shown to be in force',
  'drill-symptom': 'the step broke in another way than the page says',
  'drill-solution': 'the solution cannot be carried out as the page writes it',
  'drill-not-recovered': 'the step did not hold again within the time that the page says',
  'drill-superfluous': 'the step holds again without the solution, within the same time',
  'drill-left-over': 'a later step does not hold after the drill',
  'drill-lost': 'what was accepted during the fault is not there after it',
  'drill-prevention': 'with the prevention on, what it promises does not hold under the fault',
  ...pageCodes,
} as const

/** The code of a finding about a guide. */
export type GuideCode = keyof typeof guideCodes
