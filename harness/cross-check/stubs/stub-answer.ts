import type { HeaderFields, HttpAnswer } from '../../model/http.ts'
import {
  arrayOr,
  named,
  objectOr,
  stringOr,
  type JsonObject,
  type JsonValue,
} from '../../spec/json.ts'
import { isJson } from '../../spec/media-type.ts'
import { jsonWithoutTemplates, valueWithoutTemplates, withoutTemplates } from './unknown.ts'

/** What a stub answers, with marks for what is known only once a request came. */
export interface StubAnswer {
  readonly answer: HttpAnswer
  /** The key of the mapping that holds the body: `jsonBody`. */
  readonly bodyKey: string
  /** Why its body cannot be judged, where it cannot. */
  readonly bodyProblem?: string
}

const templating = 'response-template'

/** Why there is no answer that could be judged, in words; `undefined` where there is one. */
export const whyNoAnswer = ({ response }: JsonObject): string | undefined => {
  const { fault, proxyBaseUrl, transformers } = objectOr(response)
  if (fault !== undefined) return `its answer, which is a fault (${named(fault)})`
  if (proxyBaseUrl !== undefined)
    return `its answer, which another system gives (${named(proxyBaseUrl)})`
  const other = arrayOr(transformers).find((one) => one !== templating)
  return other === undefined ? undefined : `its answer, which ${named(other)} makes`
}

const fieldsOf = (headers: JsonObject, shown: (text: string) => string): HeaderFields =>
  Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).map(
      (one): readonly [string, string] => [name, shown(named(one))],
    ),
  )

interface Body {
  readonly bytes: Uint8Array
  readonly key: string
  readonly problem?: string
}

const encoder = new TextEncoder()
const unreadable = 'its body, which templates decide'

const bodyOf = (response: JsonObject, isTemplated: boolean, isInJson: boolean): Body => {
  const { jsonBody, body, base64Body } = response
  if (jsonBody !== undefined) {
    const value = isTemplated ? valueWithoutTemplates(jsonBody) : jsonBody
    const bytes = encoder.encode(JSON.stringify(value ?? jsonBody))
    return { bytes, key: 'jsonBody', ...(value === undefined ? { problem: unreadable } : {}) }
  }
  if (typeof base64Body === 'string') {
    return { bytes: Buffer.from(base64Body, 'base64'), key: 'base64Body' }
  }
  const text = stringOr(body) ?? ''
  if (!isTemplated) return { bytes: encoder.encode(text), key: 'body' }
  const marked = isInJson ? jsonWithoutTemplates(text) : withoutTemplates(text)
  const bytes = encoder.encode(marked ?? text)
  return { bytes, key: 'body', ...(marked === undefined ? { problem: unreadable } : {}) }
}

/** What a mapping answers. Where there is nothing to judge, {@link whyNoAnswer} says why. */
export const stubAnswerOf = (mapping: JsonObject): StubAnswer => {
  const response = objectOr(mapping['response'])
  const isTemplated = arrayOr(response['transformers']).includes(templating)
  const shown = isTemplated ? withoutTemplates : (text: string): string => text
  const headers = fieldsOf(objectOr(response['headers']), shown)
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const { bytes, key, problem } = bodyOf(response, isTemplated, isJson(type))
  const { status } = response
  return {
    answer: {
      status: typeof status === 'number' ? status : 200,
      headers,
      body: bytes,
      milliseconds: 0,
    },
    bodyKey: key,
    ...(problem === undefined ? {} : { bodyProblem: problem }),
  }
}
