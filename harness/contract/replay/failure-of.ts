import { dirname } from 'node:path'
import type { Failure } from '../seen.ts'
import { stackPlace } from './stack-place.ts'

const folders = { project: process.cwd(), harness: dirname(dirname(import.meta.dirname)) }

/** What an error says, and the line of the user's own code that it comes from. */
export const failureOf = (error: unknown): Failure => {
  const place = error instanceof Error ? stackPlace(error.stack, folders) : undefined
  const cause =
    error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  const message = (error instanceof Error ? error.message : String(error)) + cause
  return { message, ...(place === undefined ? {} : { place }) }
}
