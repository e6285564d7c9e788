import { nearest } from '../../model/nearest.ts'
import { UserError } from '../../model/user-error.ts'
import { checkToxic } from '../../testbed/link/specification.ts'
import type { Stream, ToxicSpecification } from '../../testbed/link/toxic.ts'
import { toxics } from '../../testbed/link/toxics/index.ts'
import type { FaultKind, FaultProblem } from './fault-kind.ts'
import { exampleOf, parseQuantity } from './quantity.ts'

/** A toxic on the link to one dependency. */
export interface LinkFault {
  readonly kind: 'link'
  readonly link: string
  readonly toxic: ToxicSpecification
}

type Toxic = (typeof toxics)[number]

const attributeWord = (name: string): string => name.replaceAll('_', ' ')

/** How a toxic is written: the first attribute without a name, what may be left out in brackets. */
const wordsOf = ({ type, attributes }: Toxic): string =>
  Object.entries(attributes).reduce((words, [name, rule], index) => {
    const part = `${index === 0 ? '' : `${attributeWord(name)} `}\`${exampleOf(rule.unit)}\``
    return rule.default === undefined ? `${words} ${part}` : `${words} [${part}]`
  }, `link \`NAME\`, ${type}`)

const head = /^`([^`]+)`\s*,\s*([A-Za-z]+(?:[ _-](?:close|peer|data))?)/
const quantity = /^[\s,]*(?:and\s+)?([a-z]+(?:[ _][a-z]+)?)?\s*`([^`]+)`/i
const streamWord = /^[\s,]*(upstream|downstream)\b/i

class Unreadable extends Error {
  readonly fault: FaultProblem

  constructor(fault: FaultProblem) {
    super(fault.problem)
    this.fault = fault
  }
}

const toxicOf = (typed: string): Toxic => {
  const type = typed.toLowerCase().replaceAll(/[ -]/g, '_')
  const toxic = toxics.find((known) => known.type === type)
  if (toxic !== undefined) return toxic
  const names = toxics.map((known) => known.type)
  const meant = nearest(type, names)
  throw new Unreadable({
    problem: `there is no toxic "${typed}"`,
    expected: `one of ${names.join(', ')}`,
    ...(meant === undefined ? {} : { fix: `write "${meant}"` }),
  })
}

/** One attribute at the start of the text. */
const attributeIn = (toxic: Toxic, match: RegExpExecArray): readonly [string, number] => {
  const names = Object.keys(toxic.attributes)
  const name = match[1] === undefined ? names[0] : match[1].toLowerCase().replaceAll(' ', '_')
  const rule =
    name === undefined || !Object.hasOwn(toxic.attributes, name)
      ? undefined
      : toxic.attributes[name]
  const expected = wordsOf(toxic)
  if (name === undefined || rule === undefined)
    throw new Unreadable({
      problem: `the toxic ${toxic.type} takes no "${match[0].trim()}"`,
      expected,
    })
  const value = parseQuantity(match[2] ?? '', rule.unit)
  if (value === undefined)
    throw new Unreadable({
      problem: `\`${match[2] ?? ''}\` is no ${attributeWord(name)} in ${rule.unit}`,
      expected,
    })
  return [name, value]
}

const read = (text: string): LinkFault => {
  const match = head.exec(text)
  if (match === null)
    throw new Unreadable({
      problem: `the fault does not name a link and a toxic: link ${text}`,
      expected: toxics.map(wordsOf).join('; '),
    })
  const toxic = toxicOf(match[2] ?? '')
  const attributes: Record<string, number> = {}
  let stream: Stream = 'downstream'
  let rest = text.slice(match[0].length)
  for (;;) {
    const direction = streamWord.exec(rest)
    const found = direction ?? quantity.exec(rest)
    if (found === null) break
    if (direction === null) {
      const [name, value] = attributeIn(toxic, found)
      attributes[name] = value
    } else stream = found[1]?.toLowerCase() === 'upstream' ? 'upstream' : 'downstream'
    rest = rest.slice(found[0].length)
  }
  if (!/^[\s.,]*$/.test(rest))
    throw new Unreadable({
      problem: `this is not understood in a fault: ${rest.trim()}`,
      expected: wordsOf(toxic),
    })
  const specification = { type: toxic.type, stream, attributes }
  checkToxic(specification)
  return { kind: 'link', link: match[1] ?? '', toxic: specification }
}

/** `link NAME, TOXIC`: a toxic on the TCP path from the provider to a dependency. */
export const linkFault: FaultKind<LinkFault> = {
  kind: 'link',
  words: toxics.map(wordsOf),
  runtimes: 'wherever the way from the provider to the dependency is a link',
  parse: (text) => {
    try {
      return { fault: read(text) }
    } catch (error) {
      if (error instanceof Unreadable) return { problem: error.fault }
      if (error instanceof UserError) return { problem: error.parts }
      throw error
    }
  },
  put: async (testbed, { link, toxic }) => {
    const applied = await testbed.link(link).add(toxic)
    let lifted = false
    return {
      firstBite: () => applied.firstBite(),
      lift: async () => {
        if (lifted) return
        lifted = true
        await applied.remove()
      },
    }
  },
}
