import { describe, expect, test } from 'vitest'
import { plainSurroundings } from '../surroundings.ts'
import { makeFakeWorld } from '../testing/fake-world.ts'
import { parseFault, putFault } from './kinds.ts'

const toxic = (text: string) => {
  const parsed = parseFault(text)
  if ('problem' in parsed) throw new Error(parsed.problem.problem)
  return parsed.fault
}
const problem = (text: string) => {
  const parsed = parseFault(text)
  return 'problem' in parsed
    ? `${parsed.problem.problem} -> ${parsed.problem.fix ?? parsed.problem.expected ?? ''}`
    : 'read'
}

describe('[fault-link] a fault on a link', () => {
  test.each([
    ['timeout', { type: 'timeout', attributes: {} }],
    ['timeout `2 s`', { type: 'timeout', attributes: { timeout: 2000 } }],
    ['latency `500 ms`', { type: 'latency', attributes: { latency: 500 } }],
    [
      'latency `1 s` jitter `50 ms` upstream',
      { type: 'latency', stream: 'upstream', attributes: { latency: 1000, jitter: 50 } },
    ],
    [
      'latency `1 s`, jitter `50 ms`',
      { type: 'latency', attributes: { latency: 1000, jitter: 50 } },
    ],
    ['down.', { type: 'down', attributes: {} }],
    ['bandwidth `10 KB/s`', { type: 'bandwidth', attributes: { rate: 10 } }],
    ['slow close `1 s`', { type: 'slow_close', attributes: { delay: 1000 } }],
    ['reset_peer', { type: 'reset_peer', attributes: {} }],
    [
      'reset-peer `0 ms`, upstream',
      { type: 'reset_peer', stream: 'upstream', attributes: { timeout: 0 } },
    ],
    [
      'slicer `16 bytes` size variation `4` delay `10 us`',
      { type: 'slicer', attributes: { average_size: 16, size_variation: 4, delay: 10 } },
    ],
    ['limit_data `1 KB`', { type: 'limit_data', attributes: { bytes: 1000 } }],
  ])('link `payments`, %s', (text, expected) => {
    expect(toxic(`link \`payments\`, ${text}`)).toMatchObject({
      kind: 'link',
      link: 'payments',
      toxic: { stream: 'downstream', ...expected },
    })
  })

  test.each([
    ['link `payments`, timeot', 'there is no toxic "timeot" -> write "timeout"'],
    [
      'link `payments`, latency',
      'the toxic "latency" lacks its attribute "latency" -> add "latency" to its attributes',
    ],
    [
      'link `payments`, latency `500`',
      '`500` is no latency in ms -> link `NAME`, latency `500 ms` [jitter `500 ms`]',
    ],
    [
      'link `payments`, latency `1 s` jiter `5 ms`',
      'the toxic latency takes no "jiter `5 ms`" -> link `NAME`, latency `500 ms` [jitter `500 ms`]',
    ],
    [
      'link `payments`, down for a while',
      'this is not understood in a fault: for a while -> link `NAME`, down',
    ],
    ['lnk `payments`, down', 'there is no fault "lnk" -> write "link"'],
    ['`payments` is down', /^the fault names no kind -> link `NAME`, latency/],
    ['link payments, down', /^the fault does not name a link and a toxic: link payments, down/],
  ])('%s: %s', (text, expected) => {
    expect(problem(text)).toEqual(
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    )
  })

  test('is put on the testbed, says when it bit, and is lifted once', async () => {
    await using testbed = await makeFakeWorld().lease()
    const link = testbed.link('payments') as unknown as { touch(): boolean }
    const specification = {
      ...toxic('link `payments`, down'),
      text: '',
      place: { file: 'g.md', line: 1 },
    }
    const fault = await putFault(testbed, specification, plainSurroundings)
    expect(await fault.firstBite()).toBeUndefined()
    expect(link.touch()).toBe(true)
    expect(await fault.firstBite()).toBeTypeOf('number')
    await fault.lift()
    await fault.lift()
    expect(link.touch()).toBe(false)
  })
})
