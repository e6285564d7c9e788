import type { Credential } from '../../../model/credential.ts'
import type { JsonValue } from '../../json.ts'
import type { Operation, Parameter, Spec } from '../../types.ts'
import type { Draft } from '../draft.ts'
import { placesOf, resourcesOf, skeletonOf } from './templates.ts'

/** One thing that the provider has: what stands in the places of its path. */
export interface Instance {
  /** Skeleton of its path: `/orders/{}`. */
  readonly resource: string
  readonly values: readonly JsonValue[]
  readonly origin: 'created' | 'listed'
}

/** What was learned about reaching an operation. */
export interface Learned {
  /** A request that was taken. */
  readonly draft: Draft
  /** How much must be new in it to be taken again, as a level of `renewed`. */
  readonly level: number
  /** What was done to a new thing before this was taken. */
  readonly steps: readonly Operation[]
}

/** A request that was taken, and what was done before it. */
export type Found = Pick<Learned, 'draft' | 'steps'>

/** What a script knows of the provider: it grows with each answer. */
export interface Session {
  readonly spec: Spec
  readonly seed: number
  readonly given: Readonly<Record<string, string>>
  readonly credentials: readonly Credential[]
  /** Whether state may be made through the API. */
  readonly mayWrite: boolean
  /** Whether the provider is ours alone, so that nobody is hurt by what is asked of it. */
  readonly isOurs: boolean
  readonly instances: Map<string, Instance[]>
  readonly learned: Map<Operation, Learned>
  /** Operations that could not be reached: they are not tried a second time. */
  readonly unreachable: Set<Operation>
  /** Operations that are being reached: one does not need itself. */
  readonly underWay: Set<Operation>
  readonly listed: Set<string>
  /** Requests that were refused before the session began, as `keyOf` tells them apart. */
  readonly tried: Set<string>
  /** What the paths of the document are about, as skeletons. */
  readonly resources: readonly string[]
  /** The path parameter in the last place of each resource. */
  readonly parameters: ReadonlyMap<string, Parameter>
  /** A number that was not used before, for what must be new. */
  next(): number
}

/** What a script begins with. */
export type SessionOptions = Pick<
  Session,
  'spec' | 'seed' | 'given' | 'credentials' | 'mayWrite' | 'isOurs'
>

/** A session that knows nothing yet. */
export const openSession = (options: SessionOptions): Session => {
  let last = 0
  const parameters = new Map<string, Parameter>()
  const resources = new Set<string>()
  for (const { path, parameters: own } of options.spec.operations) {
    const names = placesOf(path)
    for (const [index, resource] of resourcesOf(path).entries()) {
      resources.add(resource)
      const parameter = own.find((one) => one.in === 'path' && one.name === names[index])
      if (parameter !== undefined && !parameters.has(resource)) parameters.set(resource, parameter)
    }
  }
  return {
    ...options,
    parameters,
    resources: [...resources],
    instances: new Map(),
    learned: new Map(),
    unreachable: new Set(),
    underWay: new Set(),
    listed: new Set(),
    tried: new Set(),
    next: () => {
      last += 1
      return last
    },
  }
}

/** The path parameter in the last place of a resource, as some operation describes it. */
export const parameterAt = ({ parameters }: Session, resource: string): Parameter | undefined =>
  parameters.get(resource)

/** All resources that the document knows. */
export const allResources = ({ resources }: Session): readonly string[] => resources

/** The operation of a method on a path, given by its skeleton. */
export const operationAt = (
  { spec }: Session,
  method: string,
  skeleton: string,
): Operation | undefined =>
  spec.operations.find((one) => one.method === method && skeletonOf(one.path) === skeleton)

/** Known things of a kind, those made here first, the newest first of all. */
export const instancesOf = (session: Session, resource: string): readonly Instance[] => {
  const all = session.instances.get(resource) ?? []
  const created = all.filter(({ origin }) => origin === 'created')
  return [...created.toReversed(), ...all.filter(({ origin }) => origin === 'listed')]
}
