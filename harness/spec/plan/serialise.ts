import { isObject, type JsonValue } from '../json.ts'
import type { Parameter, ParameterStyle } from '../types.ts'

/** A name and its value, encoded. */
export type Pair = readonly [name: string, value: string]

/** RFC 3986, 2.3: everything but unreserved characters is encoded. */
const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** RFC 3986, 2.2: reserved characters stay, but for those that would end the query or a pair. */
const encodedReserved = (text: string): string =>
  encodeURI(text.toWellFormed()).replaceAll(/[#&+]/g, (character) => encodeURIComponent(character))

const textOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value)

const listOf = (value: JsonValue): readonly JsonValue[] | undefined =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : undefined

type Encode = (text: string) => string

const flatPairs = (value: JsonValue, encode: Encode): readonly Pair[] =>
  isObject(value)
    ? Object.entries(value).map(([key, part]) => [encode(key), encode(textOf(part))])
    : []

const joined = (value: JsonValue, explode: boolean, separator: string, encode: Encode): string => {
  const list = listOf(value)
  if (list !== undefined) return list.map((item) => encode(textOf(item))).join(separator)
  if (!isObject(value)) return encode(textOf(value))
  return flatPairs(value, encode)
    .map(([key, part]) => `${key}${explode ? '=' : separator}${part}`)
    .join(separator)
}

const inPath = ({ name, style, explode }: Parameter, value: JsonValue): string => {
  if (style === 'label') return `.${joined(value, explode, explode ? '.' : ',', encoded)}`
  if (style !== 'matrix') return joined(value, explode, ',', encoded)
  const list = listOf(value)
  if (explode && list !== undefined)
    return list.map((item) => `;${name}=${encoded(textOf(item))}`).join('')
  if (explode && isObject(value))
    return flatPairs(value, encoded)
      .map(([key, part]) => `;${key}=${part}`)
      .join('')
  return `;${name}=${joined(value, false, ',', encoded)}`
}

const separators: Partial<Record<ParameterStyle, string>> = {
  // Written out, these are `%20` and `%7C`: a bare space or bar is no character of a URL.
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  form: ',',
}

/** The pairs that a value makes in a query or a form (OpenAPI 3.1, 4.8.12.4). */
export const queryPairs = (
  {
    name,
    style,
    explode,
    allowReserved,
  }: Pick<Parameter, 'name' | 'style' | 'explode' | 'allowReserved'>,
  value: JsonValue,
): readonly Pair[] => {
  const encode = allowReserved ? encodedReserved : encoded
  const key = encoded(name)
  if (style === 'deepObject' && isObject(value)) {
    return Object.entries(value).flatMap(([property, part]): readonly Pair[] => {
      const deep = `${key}%5B${encoded(property)}%5D`
      const list = listOf(part)
      return list === undefined
        ? [[deep, encode(textOf(part))]]
        : list.map((item) => [deep, encode(textOf(item))])
    })
  }
  const list = listOf(value)
  if (explode && list !== undefined) return list.map((item) => [key, encode(textOf(item))])
  if (explode && isObject(value)) return flatPairs(value, encode)
  return [[key, joined(value, false, separators[style] ?? ',', encode)]]
}

/** What parameters make of a request. */
export interface SerialisedParameters {
  readonly path: string
  readonly query: readonly Pair[]
  readonly headers: readonly Pair[]
  readonly cookies: readonly Pair[]
}

/**
 * Puts the values of parameters into a request, in the style of each (OpenAPI 3.1, 4.8.12.3), with
 * `content` ones as JSON.
 *
 * @example
 * serialise('/orders/{id}', [[idParameter, 'a/b']]).path // '/orders/a%2Fb'
 */
export const serialise = (
  template: string,
  values: readonly (readonly [Parameter, JsonValue])[],
): SerialisedParameters => {
  let path = template.replaceAll(/[^{}]+|\{[^{}]*\}/g, (part) =>
    part.startsWith('{') ? part : encodeURI(part),
  )
  const query: Pair[] = []
  const headers: Pair[] = []
  const cookies: Pair[] = []
  for (const [parameter, given] of values) {
    const { name, mediaType, explode } = parameter
    const value =
      mediaType === undefined
        ? given
        : typeof given === 'string' && !/json/i.test(mediaType)
          ? given
          : JSON.stringify(given)
    if (parameter.in === 'path') path = path.replaceAll(`{${name}}`, () => inPath(parameter, value))
    else if (parameter.in === 'query') query.push(...queryPairs(parameter, value))
    else if (parameter.in === 'cookie') cookies.push(...queryPairs(parameter, value))
    else headers.push([name, joined(value, explode, ',', String)])
  }
  return { path, query, headers, cookies }
}
