import { Blocked } from '../../model/user-error.ts'
import type { Testbed } from '../../testbed/testbed.ts'
import { findCommand, wordsIn } from '../commands/find-command.ts'
import { runProgram } from '../commands/run-program.ts'
import type { CommandAnswer, Commands } from '../commands/stand-in.ts'
import { compareOutput } from '../fences/compare-output.ts'
import { fillText, NothingKept, type Kept } from '../fences/hole.ts'
import type { CommandTemplate } from '../fences/sh.ts'
import type { CommandWord } from '../fences/sh-words.ts'
import type { Unmet } from '../seen.ts'
import type { ShFence } from '../types.ts'
import { StepStopped } from './outcome.ts'

const timeoutMilliseconds = 30_000
const outputShown = 400

/** What the commands of a fence may use. */
export interface ShScope {
  readonly commands: Commands
  readonly testbed: Testbed
  readonly environment: Readonly<Record<string, string>>
  /** The folder of the case's own. */
  readonly folder: () => Promise<string>
  readonly kept: Kept
  readonly signal: AbortSignal
}

const assignment = /^([A-Za-z_]\w*)=([\s\S]*)$/

const filled = (word: CommandWord, { environment, kept }: ShScope): string =>
  word
    .map((part) =>
      part.kind === 'text' ? fillText(part.text, kept) : (environment[part.name] ?? ''),
    )
    .join('')

const answerOf = async (
  { text, place, words }: CommandTemplate,
  scope: ShScope,
): Promise<Required<CommandAnswer>> => {
  const all = words.map((word) => filled(word, scope))
  const first = all.findIndex((word) => !assignment.test(word))
  const settings = all.slice(0, first === -1 ? all.length : first)
  const environment = {
    ...scope.environment,
    ...Object.fromEntries(settings.map((word) => assignment.exec(word)?.slice(1) ?? [])),
  }
  const command = all.slice(settings.length)
  const name = findCommand(command, Object.keys(scope.commands))
  const runs = name === undefined ? undefined : scope.commands[name]
  if (name === undefined || runs === undefined)
    throw new Blocked({
      problem: `nothing stands in for the command \`${text}\`, so it is not run`,
      place,
      fix: `name a stand-in under commands in the config, or allow it there: '${command[0] ?? text}': true`,
    })
  if (runs === true) {
    const [program = '', ...args] = command
    const folder = await scope.folder()
    const { signal } = scope
    const own = { ...environment, HOME: folder, TMPDIR: folder }
    return runProgram(program, args, { folder, environment: own, timeoutMilliseconds, signal })
  }
  try {
    const { testbed } = scope
    const answer = await runs({ arguments: command.slice(wordsIn(name)), testbed, environment })
    return { stdout: answer.stdout, stderr: answer.stderr ?? '', exit: answer.exit ?? 0 }
  } catch (error) {
    // As a program would: what it tried did not work.
    return { stdout: '', stderr: error instanceof Error ? error.message : String(error), exit: 1 }
  }
}

const cut = (text: string): string =>
  text.length > outputShown ? `${text.slice(0, outputShown)}…` : text

const unmetOf = (
  { place, text, exit, expected }: CommandTemplate,
  answer: Required<CommandAnswer>,
  kept: Kept,
): readonly Unmet[] => {
  const subject = `$ ${text}`
  if (answer.exit !== exit) {
    const said = cut(answer.stderr.trim() || answer.stdout.trim())
    const actual = `exit status ${answer.exit}${said === '' ? '' : `, ${said}`}`
    return [{ code: 'guide-command', place, subject, expected: `exit status ${exit}`, actual }]
  }
  return compareOutput(expected ?? [], answer.stdout, kept)
    .filter(() => expected !== undefined)
    .map((mismatch) => ({ ...mismatch, code: 'guide-command', subject }))
}

/**
 * Runs the commands of an `sh` fence in order: stand-ins and allowed programs, nothing else and no
 * shell. Throws `StepStopped` at the first one that does not print or end as the page says, and
 * `Blocked` for one that nothing stands in for.
 */
export const runShFence = async ({ commands }: ShFence, scope: ShScope): Promise<void> => {
  for (const command of commands) {
    let unmet: readonly Unmet[]
    const { place } = command
    try {
      unmet = unmetOf(command, await answerOf(command, scope), scope.kept)
    } catch (error) {
      if (!(error instanceof NothingKept)) throw error
      const expected = `a value kept as "${error.missing}"`
      unmet = [{ code: 'guide-kept', place, subject: error.missing, expected, actual: 'none' }]
    }
    if (unmet.length > 0) throw new StepStopped(unmet)
  }
}
