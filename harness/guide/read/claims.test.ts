import { describe, expect, test } from 'vitest'
import { planGuide } from '../plan.ts'
import { adopted, fenced, formPage } from '../testing/pages.ts'
import { readGuide } from './read-guide.ts'

const get = fenced('http', 'GET /orders', '', 'HTTP 200')
const scenario = `## Scenario: One\n**Verification**\n- Read\n${get}\n- by hand: it looks nice (@ann, 2026-11-03, again within 9 days)\n`
const text = adopted(`## API
- **Endpoints**: \`GET /orders\` lists, and
  \`POST /orders\` places
- **Rate limits**: [Any limitations]
- [Describe integration pattern]

${scenario}
## Best Practices
1. First this
   - and part of it
2. by hand: The drill was talked through (@team-payments, 2026-11-03, again within 90 days)

## Checklist
- [ ] Monitoring added
- [x] Tests written

## Troubleshooting Guide
| Issue | Symptoms | Solution |
|---|---|---|
| Timeout | Slow | Wait |

| Setting | Default |
|---|---|
| A | 1 |

## Resources
- [The service](../README.md)
- [The API](../specs/a.yaml), [the shop](../specs/b.yaml)
`)
const today = '2026-11-10'
const cases = (page: string) =>
  planGuide(readGuide('guides/orders.md', page), { integrations: ['orders'], today }).map(
    ({ kind, name, place, ruling }) => `${kind} ${name} @${place.line} ${ruling?.verdict ?? '-'}`,
  )

const ids = (page: string) =>
  new Map(
    planGuide(readGuide('guides/orders.md', page), { integrations: ['orders'], today }).map(
      ({ name, id }) => [name, id],
    ),
  )

describe('[claims] what a page claims outside of its scenarios', () => {
  test('are items of lists and checklists, and rows of tables of issues and of facts', () => {
    expect(cases(text)).toEqual([
      'claim Endpoints: GET /orders lists, and POST /orders places @7 unimplemented',
      'step 1. Read @14 -',
      'step 2. by hand: it looks nice (@ann, 2026-11-03, again within 9 days) @20 by-hand',
      'claim First this @23 unimplemented',
      'claim by hand: The drill was talked through (@team-payments, 2026-11-03, again within 90 days) @25 by-hand',
      'claim Monitoring added @28 unimplemented',
      'claim Tests written @29 unimplemented',
      'claim Timeout | Slow | Wait @34 unimplemented',
      'claim A | 1 @38 unimplemented',
    ])
  })

  test('[by-hand] that have run out are red, and so are those that nobody signed', () => {
    const late = text.replace('2026-11-03, again within 90', '2026-11-03, again within 3')
    expect(cases(late).find((one) => one.includes('talked'))).toMatch(/failed$/)
    const unsigned = text.replace(' (@team-payments, 2026-11-03, again within 90 days)', '')
    expect(cases(unsigned)).toContain(
      'claim this claim by hand does not say who looked, when, and until when that holds @25 failed',
    )
    const [problem] = readGuide('guides/orders.md', unsigned).problems
    expect(problem?.parts.expected).toBe('by hand: … (@owner, 2026-11-03, again within 90 days)')
  })

  test('[by-hand] give way to fences', () => {
    const fenced2 = text.replace('again within 9 days)', `again within 9 days)\n${get}`)
    expect(cases(fenced2).find((one) => one.startsWith('step 2.'))).toMatch(/ -$/)
  })

  test('[adopted] of a page that is not adopted are all unimplemented, signed or not', () => {
    const planned = cases(text.replace('adopted: true', 'adopted: false'))
    expect(planned).toHaveLength(cases(text).length)
    for (const line of planned) expect(line).toMatch(/unimplemented/)
    const form = readGuide('guides/form.md', formPage)
    expect(form.claims.map((claim) => claim.text)).toEqual([
      'Testing: How to verify integration',
      'Connection: Connection string format',
      'Recovery: Recovery procedures',
      'Dependencies documented',
      'Connection timeout | Slow response | Check network | Add timeouts',
    ])
  })

  test('keep their ids when the page is edited elsewhere', () => {
    const edited = text.replace('## Checklist', 'More words.\n\n## Checklist\n- [ ] A new one')
    for (const [name, id] of ids(text)) expect(ids(edited).get(name)).toBe(id)
  })
})
