import { subjectOf, type ObservationCheck } from './check.ts'
import { named } from '../json.ts'
import { isSuccess, statusesOf } from './statuses.ts'

const ways: Readonly<
  Record<string, { readonly is: string; readonly expected: string; readonly actual: string }>
> = {
  read: { is: 'the thing is read still', expected: '404 or 410', actual: '' },
  listed: {
    is: 'the thing is listed still',
    expected: 'a list without it',
    actual: 'a list with it',
  },
}

/**
 * What is deleted can neither be read nor found in a list, nor can what belonged to it. Exchanges: what
 * belonged to it is read, where that is it; it is deleted, it is looked for.
 */
export const deletedStillThere: ObservationCheck = {
  code: 'deleted-still-there',
  check(observation) {
    const { operation, facts, pointer } = observation
    const [deleted = 0, found = 0] = statusesOf(observation).slice(-2)
    const how = named(facts['how'])
    if (!isSuccess(deleted) || !isSuccess(found) || (how === 'listed' && facts['count'] === 0))
      return null
    const { is, expected, actual } = ways[how] ?? {
      is: `GET ${named(facts['path'])} shows what belonged to it still`,
      expected: '404 or 410, or nothing in it',
      actual: '',
    }
    return {
      summary: `${subjectOf(operation)} answered ${deleted}, and ${is}.`,
      expected,
      actual: actual === '' ? String(found) : actual,
      pointer,
    }
  },
}
