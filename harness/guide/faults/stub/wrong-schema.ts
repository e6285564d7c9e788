import { isRecord } from '../../../model/is-record.ts'
import { Blocked } from '../../../model/user-error.ts'
import type { StubVariant } from './stub-variant.ts'
import type { Mapping } from './wiremock-admin.ts'

/** Good answers have the status that was agreed on, and another body. */
export interface StubWrongSchema {
  readonly does: 'wrong-schema'
}

type Body = Readonly<Record<string, unknown>>

const bodyOf = ({ response = {} }: Mapping): Body | undefined => {
  const { status = 200, jsonBody, body } = response
  if (typeof status !== 'number' || status < 200 || status > 299) return undefined
  if (isRecord(jsonBody)) return jsonBody
  try {
    const parsed: unknown = typeof body === 'string' ? JSON.parse(body) : undefined
    return isRecord(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/** Every member under another name: what was agreed on is missing, and what comes is unknown. */
const renamed = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [`${name}_v2`, value]))

/** `wrong schema`: the members of good JSON answers come under other names. */
export const stubWrongSchema: StubVariant<StubWrongSchema> = {
  does: 'wrong-schema',
  words: 'wrong schema',
  parse: (text) => (/^wrong[\s-]schema$/i.test(text) ? { does: 'wrong-schema' } : undefined),
  put: async (admin) => {
    const good = (await admin.mappings()).flatMap((mapping) => {
      const body = bodyOf(mapping)
      return body === undefined ? [] : [{ mapping, body }]
    })
    if (good.length === 0)
      throw new Blocked({
        problem: 'No mapping of the stub has a good answer in JSON whose schema could be wrong.',
        fix: 'add one, or let the stub answer a status: stub `NAME`, answers `502`',
      })
    const since = Date.now()
    for (const { mapping, body } of good) {
      const { body: _, ...response } = mapping.response ?? {}
      await admin.put({ ...mapping, response: { ...response, jsonBody: renamed(body) } })
    }
    const ids = new Set(good.map(({ mapping }) => mapping.id))
    return {
      firstBite: () => admin.firstAnswer(since, ids),
      lift: async () => {
        for (const { mapping } of good) await admin.put({ ...mapping })
      },
    }
  },
}
