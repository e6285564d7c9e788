import type { Operation } from '../../types.ts'
import type { Session } from './session.ts'
import { isSafe } from './targets.ts'
import { collectionOf, nounOf, resourceOf, skeletonOf } from './templates.ts'

/** Whether an operation says that it may make something new. */
export const isCreating = (operation: Operation): boolean =>
  operation.responses.some(
    ({ status, headers }) =>
      status === '201' ||
      (status.startsWith('2') && headers.some(({ name }) => name.toLowerCase() === 'location')),
  )

/** Operations that may make things of a kind, the likeliest first. */
export const creatorsOf = (session: Session, resource: string): readonly Operation[] => {
  const { operations } = session.spec
  const collection = collectionOf(resource)
  const direct = operations.filter(
    ({ method, path }) => method === 'POST' && skeletonOf(path) === collection,
  )
  const put = operations.filter(
    (one) => one.method === 'PUT' && skeletonOf(one.path) === resource && isCreating(one),
  )
  const elsewhere = operations.filter(
    (one) =>
      one.method === 'POST' &&
      !direct.includes(one) &&
      isCreating(one) &&
      nounOf(one.path) === nounOf(collection),
  )
  return [...direct, ...put, ...elsewhere]
}

/** Operations that may bring a thing into another state. */
export const actionsOn = (session: Session, resource: string): readonly Operation[] =>
  session.spec.operations.filter(
    (one) =>
      !isSafe(one) &&
      one.method !== 'DELETE' &&
      resourceOf(one.path) === resource &&
      skeletonOf(one.path) !== resource,
  )
