import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../testing/temporary-folder.ts'
import { specFrom } from '../testing/document.ts'
import type { Spec } from '../types.ts'
import { readSpec } from './read-spec.ts'

const inYaml = (text: string): Promise<Spec> => specFrom({ 'spec.yaml': text }, 'spec.yaml')

const head = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\n"

const problemsOf = (spec: Spec): readonly string[] =>
  spec.problems.map(({ place, problem }) => `${place.line} ${problem}`)

describe('references', () => {
  const root = `${head}paths:
  /a: { $ref: 'parts/a.yaml' }
  /b:
    get:
      responses:
        '200': { description: d, content: { application/json: { schema: { $ref: 'parts/node.yaml' } } } }
`
  const files = {
    'specs/spec.yaml': root,
    'specs/parts/a.yaml': `get:
  responses:
    '200': { description: d, content: { application/json: { schema: { $ref: 'node.yaml#/properties/next' } }, text/plain: { example: { $ref: 'data.yaml' } } } }
`,
    'specs/parts/node.yaml': `type: object
required: [next]
properties:
  next: { anyOf: [{ $ref: '#' }, { type: 'null' }] }
`,
  }

  test('many files become one; circles stay references; places are those of the parts', async () => {
    const spec = await specFrom(files, 'specs/spec.yaml')
    expect(spec.problems).toEqual([])
    expect(spec.operations.map(({ path }) => path)).toEqual(['/a', '/b'])
    const schema = spec.operations[1]?.responses[0]?.content[0]?.schema ?? ''
    const check = (value: object) => spec.schemas.check(schema, 'response', value as never)
    expect((await check({ next: { next: null } })).violations).toEqual([])
    const [violation] = (await check({ next: { next: {} } })).violations
    expect(violation).toMatchObject({ keyword: 'required', instancePath: '/next/next' })
    expect(spec.locate(violation?.schemaPointer ?? '')).toMatchObject({
      file: 'specs/parts/node.yaml',
      line: 2,
    })
    expect(spec.operations[0]?.place).toMatchObject({ file: 'specs/parts/a.yaml', line: 1 })
  })

  test('they lead out of no folder: not by dots, not by links, not to other machines', async () => {
    await using folder = await temporaryFolder({
      'secret.yaml': 'type: string',
      'specs/spec.yaml': `${head}paths:
  /a:
    get:
      responses:
        '200': { description: d, content: { application/json: { schema: { $ref: '../secret.yaml' } } } }
        '201': { description: d, content: { application/json: { schema: { $ref: 'link.yaml' } } } }
        '202': { description: d, content: { application/json: { schema: { $ref: 'https://example.com/a.yaml' } } } }
`,
    })
    await symlink(join(folder.path, 'secret.yaml'), join(folder.path, 'specs/link.yaml'))
    const spec = await readSpec({ root: folder.path, file: 'specs/spec.yaml' })
    expect(problemsOf(spec).map((text) => text.split(' ')[0])).toEqual(['7', '8', '9'])
    expect(problemsOf(spec).join('\n')).toMatch(
      /lies outside[^]*lies outside[^]*leads to another machine/,
    )
  })

  test('anchors and $id name schemas too', async () => {
    const spec = await inYaml(`${head}paths:
  /a: { get: { responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } }
components:
  schemas:
    A: { type: array, items: { $ref: '#thing' } }
    B: { $anchor: thing, type: object, properties: { c: { $ref: 'https://example.com/c' } } }
    C: { $id: 'https://example.com/c', $ref: '#/$defs/d', $defs: { d: { type: integer } } }
`)
    expect(spec.problems).toEqual([])
    const { violations } = await spec.schemas.check('/components/schemas/A', 'response', [
      { c: 'x' },
      1,
    ])
    expect(violations.map(({ instancePath }) => instancePath)).toEqual(['/0/c', '/1'])
  })

  test('a name with odd characters survives', async () => {
    const spec = await inYaml(`${head}paths:
  /a: { get: { responses: { 200: { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/A%20b~1c%25' } } } } } } }
components: { schemas: { 'A b/c%': { type: integer } } }
`)
    const schema = spec.operations[0]?.responses[0]?.content[0]?.schema ?? ''
    expect((await spec.schemas.check(schema, 'response', 'x')).violations).toHaveLength(1)
  })
})
