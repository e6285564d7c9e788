import type { Taking } from '../../model/recipe.ts'
import type { PlannedRequest, RecipeStep } from '../types.ts'
import { jsonIn } from './given.ts'
import { pairsOf, replacedAt, type Hole, type Traced } from './holes.ts'

const marker = (name: string): string => `{{${name}}}`

/** Puts `{{name}}` where a hole of the target or of a header is. */
const marked = (planned: PlannedRequest, { at, name }: Hole): PlannedRequest => {
  const { target, headers } = planned
  const [path = '', ...query] = target.split('?')
  const rest = query.length === 0 ? '' : `?${query.join('?')}`
  if (at.part === 'target') return { ...planned, target: marker(name) }
  if (at.part === 'segment') {
    const segments = path.split('/').map((one, index) => (index === at.index ? marker(name) : one))
    return { ...planned, target: segments.join('/') + rest }
  }
  if (at.part === 'query') {
    const pairs = pairsOf(target).map(([key, value]) => {
      if (key === at.name) return `${key}=${marker(name)}`
      return value === '' ? key : `${key}=${value}`
    })
    return { ...planned, target: `${path}?${pairs.join('&')}` }
  }
  if (at.part === 'body') return planned
  return {
    ...planned,
    headers: headers.map(([key, value]) => [key, key === at.name ? marker(name) : value] as const),
  }
}

/** The same for a body of JSON, all at once: with a number's place marked it is JSON no more. */
const markedBody = (planned: PlannedRequest, holes: readonly Hole[]): PlannedRequest => {
  const json = jsonIn(planned.body)
  const own = holes.filter(({ at }) => at.part === 'body')
  if (json === undefined || own.length === 0) return planned
  const value = own.reduce(
    (whole, { at, name }) =>
      at.part === 'body' ? replacedAt(whole, at.pointer, marker(name)) : whole,
    json,
  )
  const numbers = own.filter(({ given }) => typeof given.value === 'number')
  const text = numbers.reduce(
    (written, { name }) => written.replaceAll(JSON.stringify(marker(name)), marker(name)),
    JSON.stringify(value),
  )
  return { ...planned, body: new TextEncoder().encode(text) }
}

const textOf = (planned: PlannedRequest | undefined): string =>
  planned === undefined
    ? ''
    : [
        planned.target,
        ...planned.headers.map(([, value]) => value),
        new TextDecoder().decode(planned.body),
      ].join(' ')

/**
 * The requests that are kept, with `{{name}}` in each for what an earlier one of them gives. What
 * came from an answer that is not kept stays as it was sent.
 */
export const templated = (
  all: readonly Traced[],
  kept: readonly number[],
): readonly RecipeStep[] => {
  const steps = kept.flatMap((index) => {
    const one = all[index]
    if (one === undefined) return []
    const holes = one.holes.filter(({ given }) => kept.includes(given.step))
    return [{ index, planned: one.planned, holes }]
  })
  const written = steps.map(({ planned, holes }) =>
    markedBody(holes.reduce(marked, planned), holes),
  )
  // What was left out of a request holds nothing any more.
  const used = steps
    .flatMap(({ holes }, at) => holes.map((hole) => ({ hole, text: textOf(written[at]) })))
    .filter(({ hole, text }) => text.includes(marker(hole.name)))
    .map(({ hole }) => hole)
  return steps.map(({ index, planned }, at): RecipeStep => {
    const own = used.filter(({ given }) => given.step === index)
    const takes = new Map(
      own.map(({ name, given }): [string, Taking] => [name, { name, from: given.from }]),
    )
    return { planned: written[at] ?? planned, takes: [...takes.values()] }
  })
}
