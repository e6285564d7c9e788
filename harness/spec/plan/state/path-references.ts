import { resolved } from '../../pointer.ts'
import type { Asking, Operation, Parameter } from '../../types.ts'
import { allResources, parameterAt, type Instance, type Session } from './session.ts'
import { placesOf, plainName, resourcesOf } from './templates.ts'

/** A place of a path that calls a thing of another kind by its id. */
export interface PathReference {
  readonly parameter: Parameter
  readonly resource: string
}

/**
 * Places of a path that call things of other kinds: in `/carts/{cartId}/lines/{productId}` the second
 * one does where there is `/products/{productId}`.
 */
export const pathReferencesIn = (
  session: Session,
  { path, parameters }: Operation,
): readonly PathReference[] => {
  const { document } = session.spec
  const chain = resourcesOf(path)
  const names = placesOf(path)
  const homeOf = (parameter: Parameter | undefined): string | undefined =>
    parameter?.schema === undefined ? undefined : resolved(document, parameter.schema)?.pointer
  return chain.flatMap((own, index): readonly PathReference[] => {
    const parameter = parameters.find((one) => one.in === 'path' && one.name === names[index])
    if (parameter === undefined) return []
    const [resource] = allResources(session)
      .filter((one) => {
        const other = parameterAt(session, one)
        if (other === undefined || chain.includes(one)) return false
        const plain = plainName(parameter.name)
        const isNamed = plain !== 'id' && plain === plainName(other.name)
        const home = homeOf(parameter)
        // Only what is written once and used by both tells that they are one.
        const isOneSchema =
          home !== undefined && home === homeOf(other) && home !== parameter.schema
        return isNamed || isOneSchema
      })
      .toSorted((a, b) => a.length - b.length)
    return resource === undefined || own === resource ? [] : [{ parameter, resource }]
  })
}

/** Places that the last part of a path may call: of a thing that there is, and of another kind. */
export function* calledByPath(
  session: Session,
  operation: Operation,
  obtain: (resource: string) => Asking<readonly Instance[]>,
): Asking<readonly Instance[]> {
  const chain = resourcesOf(operation.path)
  const resource = chain.at(-1)
  const last = pathReferencesIn(session, operation).find(
    ({ parameter }) => parameter.name === placesOf(operation.path).at(-1),
  )
  const outer = chain.at(-2)
  if (last === undefined || resource === undefined || outer === undefined) return []
  const [holder] = yield* obtain(outer)
  const others = yield* obtain(last.resource)
  return holder === undefined
    ? []
    : others.slice(0, 2).map(({ values }) => ({
        resource,
        values: [...holder.values, ...values.slice(-1)],
        origin: 'listed',
      }))
}
