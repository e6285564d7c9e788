import type { IncomingMessage, RequestListener } from 'node:http'
import { json } from './provider.ts'

/** What the projects do. */
export interface ProjectHabits {
  /** A project with tasks is not deleted. */
  readonly keepsOccupied?: boolean
  /** Tasks are there after their project is gone. */
  readonly keepsTasks?: boolean
  /** Invoices go with their project. */
  readonly dropsInvoices?: boolean
  /** No invoice on a closed project. */
  readonly refusesClosed?: boolean
  /** No invoice beyond the balance. */
  readonly refusesMore?: boolean
  /** A key is good for one request only. */
  readonly refusesOther?: boolean
}

interface Project {
  readonly id: number
  readonly name: string
  readonly status: string
  readonly balance: number
}

interface Invoice {
  readonly id: number
  readonly projectId: number
  readonly amount: number
}

const inputOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text === '' ? '{}' : text) as Record<string, unknown>
}

/** Projects with these habits. */
export const projects = (habits: ProjectHabits): RequestListener => {
  const all = new Map<number, Project>()
  const tasks = new Map<number, { readonly id: number; readonly title: string }[]>()
  const invoices = new Map<number, Invoice>()
  const keys = new Map<string, { readonly request: string; readonly invoice: Invoice }>()
  let last = 0
  const next = (): number => (last += 1)

  const bill = (
    input: Record<string, unknown>,
    key: string | undefined,
  ): readonly [number, unknown] => {
    const { projectId, amount } = input as { projectId: number; amount: number }
    const project = all.get(projectId)
    const known = key === undefined ? undefined : keys.get(key)
    const request = JSON.stringify(input)
    if (known?.request === request) return [201, known.invoice]
    if (known !== undefined && habits.refusesOther === true) return [422, {}]
    if (project === undefined) return [422, {}]
    if (project.status === 'closed' && habits.refusesClosed === true) return [409, {}]
    if (amount > project.balance && habits.refusesMore === true) return [422, {}]
    const invoice = { id: next(), projectId, amount }
    invoices.set(invoice.id, invoice)
    if (key !== undefined) keys.set(key, { request, invoice })
    return [201, invoice]
  }

  const drop = (id: number): readonly [number, unknown] => {
    if (habits.keepsOccupied === true && (tasks.get(id)?.length ?? 0) > 0) return [409, {}]
    all.delete(id)
    if (habits.keepsTasks !== true) tasks.delete(id)
    if (habits.dropsInvoices === true)
      for (const one of invoices.values()) if (one.projectId === id) invoices.delete(one.id)
    return [204, undefined]
  }

  const answer = (
    request: IncomingMessage,
    input: Record<string, unknown>,
  ): readonly [number, unknown] => {
    const [, kind, key, part] = (request.url ?? '').split('/')
    const { method } = request
    const id = Number(key)
    if (kind === 'invoices') {
      const name = request.headers['idempotency-key']
      if (method === 'POST') return bill(input, typeof name === 'string' ? name : undefined)
      return invoices.has(id) ? [200, invoices.get(id)] : [404, {}]
    }
    if (key === undefined && method === 'POST') {
      const project = { id: next(), name: String(input['name']), status: 'open', balance: 700 }
      all.set(project.id, project)
      return [201, project]
    }
    const project = all.get(id)
    if (part === 'tasks' && method === 'GET' && tasks.has(id)) return [200, tasks.get(id)]
    if (project === undefined) return [404, {}]
    if (method === 'DELETE') return drop(id)
    if (part === 'closure') {
      const closed = { ...project, status: 'closed' }
      all.set(id, closed)
      return [200, closed]
    }
    if (part !== 'tasks') return [200, project]
    if (method !== 'POST') return [200, []]
    const task = { id: next(), title: String(input['title']) }
    tasks.set(id, [...(tasks.get(id) ?? []), task])
    return [201, task]
  }

  return (request, response) =>
    void (async () => {
      if (!['GET', 'HEAD', 'POST', 'DELETE'].includes(request.method ?? ''))
        return json(405, {}, { allow: 'GET, HEAD, POST, DELETE' })(request, response)
      const [status, body] = answer(request, await inputOf(request))
      if (status === 204) return response.writeHead(204).end()
      return json(status, body)(request, response)
    })()
}
