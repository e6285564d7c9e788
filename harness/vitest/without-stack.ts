import { UserError } from '../model/user-error.ts'

/**
 * Lets an error of the user's reach Vite without a stack of ours: Vite and Vitest print `stack`, and
 * a mistake in a file needs the file's place, not the harness'.
 */
export const withoutStack = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // A plain one: Vitest prints whatever else an error carries, and its stack.
    const plain = new Error(error.message)
    plain.stack = error.message
    throw plain
  }
}
