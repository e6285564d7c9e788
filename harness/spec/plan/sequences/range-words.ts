/** Words that say that two ranges of one thing must not overlap. */
const overlapping =
  /\b(overlap\w*|clash\w*|collid\w*|double.?book\w*|intersect\w*)\b|\b(some|any|part) of (that|this|the|its) (time|period|range|span|days?)|\b(booked|reserved|occupied|rented|unavailable|not available|not free|taken)\b[^.]*\b(time|period|range|dates?|days?|then|slot|nights?|between)\b/i

/** Words of a store from which several can be given at once: the same range may be taken again. */
const pooled =
  /\b(no (more|free|other)?\s*\w+ (is |are )?(left|free|available)|all \w+ (are|is)|fully|sold out|capacity|too many|enough|at most|limit)\b/i

const open =
  /\b(may|can|could) (begin|start) (then|there|at (that|the same|its end)|when|as soon|right)|half.?open|\bexclusive(ly)?\b|does not belong|not includ(ed|ing)|up to but|back.to.back|\badjacent\b|\btouch(es|ing)?\b|\[[^\])]*\)/i
const closed =
  /\binclusive(ly)?\b|both (days|ends|dates) (are )?(included|inclusive|belong)|last day included/i
const denied = /\b(must not|may not|cannot|not) (touch|be adjacent|be back.to.back)/i

/** Whether words forbid that ranges of one thing overlap. */
export const forbidsOverlap = (words: string): boolean =>
  overlapping.test(words) && !pooled.test(words)

/** What words say of a range that begins where another one ends. */
export const touchingIn = (words: string): 'free' | 'taken' | undefined => {
  const isOpen = open.test(words) && !denied.test(words)
  const isClosed = closed.test(words)
  return isOpen === isClosed ? undefined : isOpen ? 'free' : 'taken'
}
