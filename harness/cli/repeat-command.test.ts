import { expect, test } from 'vitest'
import { repeatCommand } from './repeat-command.ts'

test('a case against a URL is repeated with what it was asked with, but without secrets', () => {
  expect(
    repeatCommand(['my spec.yaml'], {
      url: 'http://127.0.0.1:8080',
      credential: ['admin=Authorization: Bearer s3cret', 'old=X-Key: k; rejected=401'],
      allowWrites: true,
      example: ['orderId=42'],
    }),
  ).toBe(
    "npx proofbook verify 'my spec.yaml' --url http://127.0.0.1:8080 --credential 'admin=Authorization: …' --credential 'old=X-Key: …' --allow-writes --example orderId=42",
  )
})
