import { describe, expect, test } from 'vitest'
import { page, step1 } from '../testing/broken-providers.ts'
import { fakeSurroundings, makeFakeWorld } from '../testing/fake-world.ts'
import { fenced } from '../testing/pages.ts'
import { prove } from '../testing/fake-world.ts'
import { parseSh } from '../fences/sh.ts'
import type { StandIn } from '../commands/stand-in.ts'
import { StepStopped } from './outcome.ts'
import { runShFence, type ShScope } from './sh-fence.ts'

const run = async (standIn: StandIn, ...lines: readonly string[]) => {
  await using testbed = await makeFakeWorld().lease()
  const parsed = parseSh({ file: 'g.md', line: 10, column: 1, lines })
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  const place = { file: 'g.md', line: 9 }
  const kept = new Map<string, unknown>([['order', 'o 1']])
  const scope: ShScope = {
    commands: { 'do it': standIn },
    testbed,
    environment: { KEY: 'a secret  value' },
    folder: () => Promise.reject(new Error('nothing runs here')),
    kept,
    signal: new AbortController().signal,
  }
  try {
    await runShFence({ language: 'sh', place, lastLine: 12, commands: parsed.commands }, scope)
    return 'held'
  } catch (error) {
    if (!(error instanceof StepStopped)) throw error
    return error.unmet.map(
      ({ code, place: at, subject, expected, actual }) =>
        `${code} ${at.line} ${subject}: ${expected} <> ${actual}`,
    )
  }
}

const tells: StandIn = ({ arguments: given, environment, testbed }) => ({
  stdout: JSON.stringify([given, environment, testbed.description.integration]),
})

const refuses: StandIn = () => ({ stdout: '', stderr: 'no such thing\n', exit: 3 })

const throws: StandIn = ({ testbed }) => {
  testbed.stub('payments')
  return { stdout: '' }
}

describe('[stand-in] a stand-in', () => {
  test('is given the words after its name, each one word, and the environment', async () => {
    expect(
      await run(
        tells,
        '$ MORE=1 do it K="$KEY" {{order}} $NOTHING',
        '[["K=a secret  value","o 1",""],{"KEY":"a secret  value","MORE":"1"},"orders"]',
      ),
    ).toBe('held')
  })

  test('[sh-output] must print what the page says', async () => {
    expect(await run(() => ({ stdout: 'b\n' }), '$ do it', 'a')).toEqual([
      'guide-command 11 $ do it: a <> "b"',
    ])
    expect(await run(() => ({ stdout: 'b\n' }), '$ do it')).toBe('held')
  })

  test('[sh-exit] must end as the page says', async () => {
    expect(await run(refuses, '$ do it')).toEqual([
      'guide-command 10 $ do it: exit status 0 <> exit status 3, no such thing',
    ])
    expect(await run(refuses, '$ do it # exit 3')).toBe('held')
    expect(await run(() => ({ stdout: '' }), '$ do it # exit 3')).toEqual([
      'guide-command 10 $ do it: exit status 3 <> exit status 0',
    ])
  })

  test('that throws ends as a program that failed', async () => {
    expect(await run(throws, '$ do it')).toEqual([
      'guide-command 10 $ do it: exit status 0 <> exit status 1, no stub "payments"\n  expected: one of payments',
    ])
  })

  test('does not run beyond the first command that does not hold', async () => {
    const seen: string[] = []
    const standIn: StandIn = ({ arguments: [word = ''] }) => {
      seen.push(word)
      return { stdout: word }
    }
    await run(standIn, '$ do it 1', '$ do it 2', 'x', '$ do it 3')
    expect(seen).toEqual(['1', '2'])
  })

  test('[commands] nothing that has none is run', async () => {
    await expect(run(() => ({ stdout: '' }), '$ do other things')).rejects.toMatchObject({
      name: 'Blocked',
      message: expect.stringContaining("'do': true") as string,
    })
  })

  test('says what is missing', async () => {
    expect(await run(() => ({ stdout: '' }), '$ do it {{nothing}}')).toEqual([
      'guide-kept 10 nothing: a value kept as "nothing" <> none',
    ])
  })
})

describe('[sh] a step with commands', () => {
  test('[sh-enforced] runs an allowed program in a folder of its own, with a clean environment', async () => {
    const script =
      'console.log(process.env.HOME === process.cwd(), Object.keys(process.env).sort().join())'
    const text = page([
      step1,
      `2. A program\n${fenced('console', `$ node --eval '${script}'`, 'true HOME,LANG,PATH,PORT,PROVIDER_URL,TMPDIR')}`,
    ])
    expect(fakeSurroundings.commands['node']).toBe(true)
    expect((await prove(text, '2. A program')).judgement).toEqual({
      verdict: 'verified',
      findings: [],
    })
  })
})
