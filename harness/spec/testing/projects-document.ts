import type { JsonObject, JsonValue } from '../json.ts'
import { inJson } from './document.ts'

/** What the document of the projects says, where a test is about its words. */
export interface ProjectWords {
  /** On 409 of deleting one. */
  readonly occupied?: string
  /** On the success of deleting one. */
  readonly deleted?: string
  /** On 409 of an invoice. */
  readonly refused?: string
  /** On 422 of an invoice. */
  readonly lacking?: string
  /** On the key of an invoice. */
  readonly key?: string
  /** At the operation that closes one. */
  readonly closing?: string
}

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...more,
})

const id: JsonObject = { type: 'integer', minimum: 1 }
const text: JsonObject = { type: 'string', minLength: 1, maxLength: 40 }
const project = object({ id, name: text, status: { enum: ['open', 'closed'] }, balance: id })
const task = object({ id, title: text })
const invoice = object({ id, projectId: id, amount: id })

const at = (...names: readonly string[]): JsonValue =>
  names.map((name) => ({ name, in: 'path', required: true, schema: id }))

const body = (schema: JsonObject): JsonObject => ({
  required: true,
  content: { 'application/json': { schema } },
})

const refusals = (words: Readonly<Record<string, string | undefined>> = {}): JsonObject => ({
  '400': { description: 'It breaks the form.' },
  '404': { description: 'There is none.' },
  ...Object.fromEntries(
    Object.entries(words)
      .filter(([, description]) => description !== undefined)
      .map(([status, description]) => [status, { description: description ?? '' }]),
  ),
})

/** Projects, their tasks, and the invoices on them, described in these words. */
export const projectsDocument = (words: ProjectWords): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Projects', version: '1' },
  paths: {
    '/projects': {
      post: {
        requestBody: body(object({ name: text })),
        responses: { '201': inJson(project), ...refusals() },
      },
    },
    '/projects/{projectId}': {
      get: { parameters: at('projectId'), responses: { '200': inJson(project), ...refusals() } },
      delete: {
        parameters: at('projectId'),
        responses: {
          '204': { description: words.deleted ?? 'It is gone.' },
          ...refusals({ '409': words.occupied }),
        },
      },
    },
    '/projects/{projectId}/closure': {
      post: {
        description: words.closing ?? '',
        parameters: at('projectId'),
        responses: { '200': inJson(project), ...refusals({ '409': 'It cannot be done.' }) },
      },
    },
    '/projects/{projectId}/tasks': {
      get: {
        parameters: at('projectId'),
        responses: { '200': inJson({ type: 'array', items: task }), ...refusals() },
      },
      post: {
        parameters: at('projectId'),
        requestBody: body(object({ title: text })),
        responses: { '201': inJson(task), ...refusals() },
      },
    },
    '/invoices': {
      post: {
        parameters: [
          {
            name: 'Idempotency-Key',
            in: 'header',
            description: words.key ?? '',
            schema: { type: 'string' },
          },
        ],
        requestBody: body(object({ projectId: id, amount: { ...id, maximum: 5000 } })),
        responses: {
          '201': inJson(invoice),
          ...refusals({
            '409': words.refused,
            '422': words.lacking ?? 'There is no such project.',
          }),
        },
      },
    },
    '/invoices/{invoiceId}': {
      get: { parameters: at('invoiceId'), responses: { '200': inJson(invoice), ...refusals() } },
    },
  },
})
