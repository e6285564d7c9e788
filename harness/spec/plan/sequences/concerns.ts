import type { Operation } from '../../types.ts'

/** What one calls it when a method is used, besides the words of the operation itself. */
const verbs: Readonly<Record<string, string>> = {
  DELETE: 'delete remove cancel close archive discard purge',
  PUT: 'change update edit modify replace write set put save overwrite',
  PATCH: 'change update edit modify patch',
}

const stemOf = (word: string): string => word.toLowerCase().slice(0, 5)

const wordsIn = (text: string): readonly string[] =>
  text
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/)
    .filter((word) => word.length > 2)

/** What a sentence says that can or cannot be done: *can only be changed or deleted*. */
const done =
  /\b(?:can|may|must|could|cannot|can't)\b(?: (?:not|only|no longer|never|then))* be ((?:\w+(?:,| or| and)* ?){1,3})/i

/**
 * Whether a sentence that stands at an operation is about it. *Archived projects cannot be changed* may
 * stand at the operation that archives them: then it is about another one.
 */
export const concerns = (sentence: string, { method, path, operationId }: Operation): boolean => {
  const said = done.exec(sentence)?.[1]
  if (said === undefined || /\b4\d\d\b/.test(sentence)) return true
  // What is sent to a thing itself changes it, also by POST.
  const isOnThing = method === 'POST' && path.endsWith('}')
  const own = [
    verbs[isOnThing ? 'PATCH' : method] ?? '',
    operationId ?? '',
    path.replaceAll(/\{[^}]*\}/g, ' '),
  ].join(' ')
  const stems = new Set(wordsIn(own).map(stemOf))
  return wordsIn(said).some((word) => stems.has(stemOf(word)))
}
