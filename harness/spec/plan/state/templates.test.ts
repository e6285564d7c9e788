import { expect, test } from 'vitest'
import { matchPath, resourcesOf, skeletonOf } from './templates.ts'

test.each([
  ['/orders/{id}', '/orders/{}'],
  ['/orders.json', '/orders'],
  ['/orders/{id}.json', '/orders/{}'],
  ['/orders/{id}:cancel', '/orders/{}/:cancel'],
  ['/v1.2/orders', '/v1.2/orders'],
])('the skeleton of %s is %s', (path, skeleton) => {
  expect(skeletonOf(path)).toBe(skeleton)
})

test('what is acted on behind a colon is a thing of its own', () => {
  expect(resourcesOf('/orders/{id}:cancel')).toEqual(['/orders/{}'])
})

test('a real path is matched with its ending', () => {
  expect(matchPath('/orders/{id}.json', '/orders/7.json')).toEqual(['7'])
  expect(matchPath('/orders/{id}:cancel', '/orders/7:cancel')).toEqual(['7'])
  expect(matchPath('/orders/{id}.json', '/orders/7')).toBeUndefined()
})
