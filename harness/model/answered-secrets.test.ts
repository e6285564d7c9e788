import { expect, test } from 'vitest'
import { answeredSecrets } from './answered-secrets.ts'
import type { Exchange, HeaderFields } from './http.ts'

const answered = (body: string, headers: HeaderFields = []): Exchange => ({
  request: { method: 'GET', url: 'http://127.0.0.1/', headers: [] },
  answer: { status: 200, headers, body: Buffer.from(body), milliseconds: 1 },
})

test('cookies and tokens that a provider gives out are secrets', () => {
  const cookies: HeaderFields = [
    ['Set-Cookie', 'session="4f6a2b91c0"; Path=/; HttpOnly'],
    ['set-cookie', 'other=abc=defgh'],
  ]
  const body =
    '{ "access_token": "to\\u006ben-of-many", "nested": [{ "refreshToken": "refresh-1" }] }'
  expect(answeredSecrets([answered(body, cookies)])).toEqual([
    '4f6a2b91c0',
    'abc=defgh',
    'token-of-many',
    'refresh-1',
  ])
})

test('what is short, no text, or of another name is none', () => {
  const body =
    '{ "access_token": 12345678901, "id_token": "short", "token_type": "bearer-like", "access_token": "'
  expect(answeredSecrets([answered(body, [['Set-Cookie', 'lang=en']])])).toEqual([])
})
