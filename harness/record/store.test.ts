import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Evidence } from '../model/evidence.ts'
import { maskOf } from '../model/mask.ts'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { evidenceFolder, writeEvidence } from './store.ts'

const evidence = (body: Uint8Array): Evidence => ({
  testCase: {
    id: 'a3f09c2d41',
    kind: 'operation',
    integration: 'orders',
    group: ['orders'],
    name: 'GET /orders',
    place: { file: 'specs/orders.yaml', line: 3 },
  },
  verdict: 'verified',
  findings: [],
  seed: 7,
  attempts: [
    {
      testbed: 't1',
      madeOf: [],
      verdict: 'verified',
      log: ['token s3cret-token was used'],
      milliseconds: 12,
      events: [
        {
          at: 1,
          what: 'asked',
          exchange: {
            request: {
              method: 'GET',
              url: 'http://127.0.0.1:1/orders?key=s3cret-token',
              headers: [['Authorization', 'Bearer s3cret-token']],
            },
            answer: { status: 200, headers: [], body, milliseconds: 2 },
          },
        },
      ],
    },
  ],
})

const written = async (
  body: Uint8Array,
): Promise<{ text: string; path: string; files: string[] }> => {
  await using folder = await temporaryFolder()
  const path = await writeEvidence(folder.path, evidence(body), maskOf(['s3cret-token']))
  return {
    path,
    text: await readFile(join(folder.path, path), 'utf8'),
    files: await readdir(join(folder.path, evidenceFolder)),
  }
}

test('evidence is one whole file named by its case', async () => {
  const { path, text, files } = await written(Buffer.from('{}'))
  expect(path).toBe('.proofbook/evidence/a3f09c2d41.json')
  expect(files).toEqual(['a3f09c2d41.json'])
  expect(JSON.parse(text)).toMatchObject({ verdict: 'verified', seed: 7 })
})

test('secrets are masked in headers, addresses and logs', async () => {
  const { text } = await written(Buffer.from('s3cret-token'))
  expect(text).not.toContain('s3cret-token')
  expect(text.match(/\*\*\*/g)).toHaveLength(4)
})

test('a secret that JSON escapes is masked in a body that is JSON', async () => {
  await using folder = await temporaryFolder()
  const secret = 'quo"te\\back\nand a second line'
  const body = Buffer.from(JSON.stringify({ secret }))
  const path = await writeEvidence(folder.path, evidence(body), maskOf([secret]))
  const text = await readFile(join(folder.path, path), 'utf8')
  expect(text).not.toContain('second line')
  expect(text).not.toContain('quo')
})

test.each([
  ['text stays text', Buffer.from('grüß'), 'grüß'],
  ['other bytes are base64 and say so', Uint8Array.from([255, 0]), { base64: '/wA=' }],
])('a body: %s', async (_, body, expected) => {
  const { text } = await written(body)
  expect(JSON.parse(text)).toMatchObject({
    attempts: [{ events: [{ exchange: { answer: { body: expected } } }] }],
  })
})
