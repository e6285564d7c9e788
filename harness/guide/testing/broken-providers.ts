import type { GuideCode } from '../codes.ts'
import type { PageCode } from '../facts/comparison.ts'
import type { Quirk } from './orders-provider.ts'
import { adopted, fenced } from './pages.ts'

const given = fenced(
  'http',
  'POST /orders',
  '',
  '{ "sku": "A-1" }',
  '',
  'HTTP 201',
  'Location: /orders/{{any}}',
  '',
  '{ "id": "{{new order}}" }',
)

/** A fence that pays with this key. */
export const pay = (key: string): string =>
  fenced(
    'http',
    'POST /orders/{{order}}/payments',
    `Idempotency-Key: ${key}`,
    '',
    'HTTP 201',
    '',
    '{ "status": "paid" }',
  )

const count = `${fenced('sql', 'SELECT count(*) AS payments FROM payments WHERE order_id = {{order}}')}\n\n| payments |\n|---|\n| 1 |\n`

/** A page with one scenario: Given, these steps, and a drill. */
export const page = (steps: readonly string[], drill = ''): string =>
  adopted(`## Scenario 1: Pay
**Given** an order
${given}
**Verification**
${steps.join('\n')}
**Troubleshooting**
${drill}
`)

const drill = (
  fields: Partial<Record<'breaks' | 'symptoms' | 'recovers' | 'prevention', string>> = {},
): string => `#### Timeout
- **Symptoms**: ${fields.symptoms ?? 'step 1 answers `504` within `900 ms`; the log says `payments unreachable`'}
- **Fault**: link \`payments\`, timeout · **Breaks**: ${fields.breaks ?? 'step 1'} · **Ends**: after \`400 ms\`
- **Recovers**: ${fields.recovers ?? 'within `1 s`'}
${fields.prevention === undefined ? '' : `- **Prevention**: ${fields.prevention}`}
`

/** A second step whose ts fence reads the order and then runs this line. */
export const script = (line: string): string =>
  `2. A script\n${fenced('ts', "await api.GET('/orders/o-1')", line)}`

const keeping = `2. A token\n${fenced('ts', "const { data } = await api.POST('/orders', { body: {} })", 'const token = (data as { token?: string }).token', 'if (token !== undefined) kept.token = token')}\n${fenced('http', 'GET /orders/{{token}}', '', 'HTTP 200')}`

/** A first step that pays. */
export const step1 = `1. It is paid\n${pay('k-1')}`

/** A page that every sound provider keeps: two steps, and a drill with a prevention. */
export const whole = page(
  [step1, `2. One payment\n${count}`],
  drill({
    prevention: 'with `PAYMENTS_TIMEOUT_MS=5`: step 1 answers `504`; the answer says `after 5 ms`',
  }),
)

/** A page whose fault ends by its solution: it is carried out, and a control goes without it. */
export const solved = page(
  [step1],
  `#### Timeout
- **Symptoms**: step 1 answers \`504\`
- **Fault**: link \`payments\`, timeout · **Breaks**: step 1 · **Ends**: by the solution
- **Nothing lost**: every order that was taken is there

${fenced('http', 'GET /orders/{{order}}', '', 'HTTP 200')}

- **Solution**: Mend the network and say so. · **Recovers**: within \`900 ms\`

${fenced('ts', "await links['payments']?.reset()")}
${fenced('http', 'POST /repair', '', 'HTTP 204')}
`,
)

/** For each code a page, the case of it, and the quirk of a provider that breaks just that; a code
 * without one does not compile. */
export const brokenProviders: Readonly<
  Record<Exclude<GuideCode, PageCode>, readonly [text: string, name: string, quirk: Quirk]>
> = {
  'guide-status': [whole, '1. It is paid', 'refuses orders'],
  'guide-header': [whole, '1. It is paid', 'forgets Location'],
  'guide-body': [whole, '1. It is paid', 'says closed'],
  'guide-no-answer': [whole, '1. It is paid', 'hangs up on payments'],
  'guide-sql': [whole, '2. One payment', 'stores payments twice'],
  'guide-script': [
    page([step1, script('expect(answer.body).toMatchObject({ payments: 1 })')]),
    '2. A script',
    'stores payments twice',
  ],
  'guide-command': [
    page([
      step1,
      `2. It is counted\n${fenced('sh', '$ orders count {{order}}', '...', 'payments 1')}`,
    ]),
    '2. It is counted',
    'stores payments twice',
  ],
  'guide-kept': [page([step1, keeping]), '2. A token', 'gives no token'],
  'drill-not-reproduced': [whole, 'drill: Timeout', 'survives the fault'],
  'drill-other-step': [
    page(
      [
        `1. Read\n${fenced('http', 'GET /orders/{{order}}', '', 'HTTP 200')}`,
        `2. It is paid\n${pay('k-1')}`,
      ],
      drill({ breaks: 'step 2', symptoms: 'step 2 answers `504`' }),
    ),
    'drill: Timeout',
    'asks payments for reading',
  ],
  'drill-canary': [whole, 'drill: Timeout', 'never asks payments'],
  'drill-symptom': [whole, 'drill: Timeout', 'answers 502'],
  'drill-not-recovered': [whole, 'drill: Timeout', 'stays broken'],
  'drill-solution': [solved, 'drill: Timeout', 'refuses the repair'],
  'drill-superfluous': [solved, 'drill: Timeout', 'pays without payments after a while'],
  'drill-lost': [solved, 'drill: Timeout', 'forgets orders of hard times'],
  'drill-left-over': [whole, 'drill: Timeout', 'stores a payment that timed out'],
  'drill-prevention': [whole, 'drill: Timeout', 'ignores its settings'],
}
