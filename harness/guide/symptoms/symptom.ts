import type { Place } from '../../model/place.ts'
import type { AnswersSymptom } from './answers.ts'
import type { LogSymptom } from './log-says.ts'
import type { WithinSymptom } from './within.ts'

/** A phrase of a page about how a break shows, read: plain data. */
export type SymptomPhrase = AnswersSymptom | WithinSymptom | LogSymptom

/** A phrase and where it stands. */
export type Symptom = SymptomPhrase & { readonly text: string; readonly place: Place }
