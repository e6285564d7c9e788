import { guideWords } from '../guide/words.ts'

/** `proofbook guide words`: the closed lists of words. */
export const printGuideWords = (): void => {
  process.stdout.write(guideWords())
}
