/**
 * A number and what is counted, in the plural where that is due.
 *
 * @example
 * counted(1, 'page') // '1 page'
 */
export const counted = (count: number, one: string): string =>
  `${count} ${count === 1 ? one : `${one}s`}`
