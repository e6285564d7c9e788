import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Laboratory, Proof } from './attempt.ts'
import type { TestCase } from './model/test-case.ts'
import { prove } from './pipeline.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

const token = 'a1b2c3d4e5f6'

test('what the provider itself gave out is in neither the evidence nor the findings', async () => {
  await using folder = await temporaryFolder()
  const place = { file: 'specs/a.yaml', line: 1 }
  const testCase: TestCase<null> = {
    id: 'aaaaaaaaaa',
    kind: 'operation',
    integration: 'a',
    group: [],
    name: 'POST /login',
    place,
    detail: null,
  }
  const laboratory: Laboratory = {
    lease: () => Promise.reject(new Error('none is needed')),
    credentials: [],
    seed: 1,
    attemptMilliseconds: 5000,
    signal: new AbortController().signal,
    keep: false,
  }
  const proof: Proof<null, null> = {
    replay: (_, world) => {
      world.journal.note('asked', {
        request: { method: 'POST', url: 'http://127.0.0.1/login', headers: [] },
        answer: {
          status: 200,
          headers: [['Set-Cookie', `session=${token}; Path=/`]],
          body: new Uint8Array(),
          milliseconds: 1,
        },
      })
      return Promise.resolve(null)
    },
    judge: () => ({
      verdict: 'failed',
      findings: [
        {
          code: 'header-schema',
          summary: `It is ${token}.`,
          subject: 'POST /login',
          place,
          expected: 'nothing',
          actual: token,
          request: {
            method: 'GET',
            url: 'http://127.0.0.1/',
            headers: [['Cookie', `session=${token}`]],
            body: new Uint8Array([1]),
          },
          confirmed: false,
        },
      ],
    }),
  }
  const store = { root: folder.path, mask: (text: string) => text }
  const outcome = await prove(testCase, proof, laboratory, store)
  expect(outcome.findings[0]).toMatchObject({
    summary: 'It is ***.',
    request: { headers: [['Cookie', 'session=***']], body: new Uint8Array([1]) },
  })
  const text = await readFile(join(folder.path, outcome.evidence ?? ''), 'utf8')
  expect(text).toContain('session=***')
  expect(text + JSON.stringify(outcome)).not.toContain(token)
})
