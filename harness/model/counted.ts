/**
 * A number and what is counted, in the plural where that is due.
 *
 * @example
 * counted(1, 'page') // '1 page'
 * counted(2, 'process', 'processes') // '2 processes'
 */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
