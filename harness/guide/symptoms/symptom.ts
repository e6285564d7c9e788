import type { Place } from '../../model/place.ts'
import type { AnswerSaysSymptom } from './answer-says.ts'
import type { AnswersSymptom } from './answers.ts'
import type { HeaderSymptom } from './header.ts'
import type { HealthSymptom } from './health-says.ts'
import type { LogSymptom } from './log-says.ts'
import type { MetricSymptom } from './metric-rises.ts'
import type { NoAnswerSymptom } from './no-answer.ts'
import type { WithinSymptom } from './within.ts'

/** A phrase of a page about how a break shows, read: plain data. */
export type SymptomPhrase =
  | AnswersSymptom
  | NoAnswerSymptom
  | AnswerSaysSymptom
  | HeaderSymptom
  | WithinSymptom
  | LogSymptom
  | MetricSymptom
  | HealthSymptom

/** A phrase and where it stands. */
export type Symptom = SymptomPhrase & { readonly text: string; readonly place: Place }
