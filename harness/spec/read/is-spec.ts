import { isObject } from '../json.ts'

/**
 * Whether a parsed file is the root of an OpenAPI document, rather than a fragment that one
 * refers to: it has a key `openapi` or `swagger`.
 *
 * @example
 * isSpec({ openapi: '3.1.0', paths: {} }) // true
 */
export const isSpec = (value: unknown): boolean =>
  isObject(value) && (Object.hasOwn(value, 'openapi') || Object.hasOwn(value, 'swagger'))
