import { createHash } from 'node:crypto'

/**
 * A short name for a case that survives edits elsewhere in its file: ten hexadecimal digits of a
 * hash over what the case *is* (integration, subject, description), never over where it stands.
 *
 * @example
 * caseId('orders', 'web', 'a request for order 1') // 'a3f09c2d41'
 */
export const caseId = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10)
