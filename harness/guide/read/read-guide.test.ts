import { describe, expect, test } from 'vitest'
import type { Guide } from '../types.ts'
import { adopted, fenced, formPage, ordersPage, verifying } from '../testing/pages.ts'
import { readGuide } from './read-guide.ts'

const read = (text: string): Guide => readGuide('guides/orders.md', text)
const problems = (text: string): readonly string[] =>
  read(text).problems.map(
    ({ severity, parts: { problem, place, fix = '' } }) =>
      `${severity} ${place.line}:${place.column ?? 0} ${problem} -> ${fix}`,
  )
const steps = (text: string): readonly string[] =>
  (read(text).scenarios[0]?.steps ?? []).map(
    ({ number, kind, text: words, fences }) =>
      `${number} ${kind} ${words} [${fences.map(({ language }) => language).join(' ')}]`,
  )

const get = fenced('http', 'GET /orders', '', 'HTTP 200')

describe('the page of the design', () => {
  const guide = read(ordersPage)
  const [scenario] = guide.scenarios

  test('has nothing wrong with it', () => {
    expect(guide).toMatchObject({
      title: 'Orders and payments',
      integrations: ['orders'],
      owner: 'team-payments',
      adopted: true,
      problems: [],
    })
  })

  test('[scenario] has one scenario, with its labels', () => {
    expect(guide.scenarios).toHaveLength(1)
    expect(scenario).toMatchObject({
      heading: 'Scenario 1: An order is paid',
      name: 'An order is paid',
      place: { line: 7, column: 1 },
      problem: { text: 'A shop must know that an order is paid, even if its first call got lost.' },
      solution: { place: { line: 9, column: 15 } },
    })
  })

  test('[given] has Given with its fence and its credential', () => {
    expect(scenario?.given).toMatchObject({
      text: 'an open order',
      credential: { text: 'writer', place: { line: 11, column: 29 } },
      fences: [{ language: 'http', place: { line: 12 } }],
    })
  })

  test('[numbered] has its steps', () => {
    expect(steps(ordersPage)).toEqual([
      '1 numbered The order becomes paid [http]',
      '2 numbered Exactly one payment is stored [sql]',
    ])
    expect(scenario?.steps[1]?.fences[0]).toMatchObject({
      statement: {
        expected: {
          columns: [{ text: 'payments' }],
          rows: [{ cells: [{ text: '1', place: { line: 38, column: 3 } }] }],
        },
      },
    })
  })

  test('[drill] has its drill', () => {
    expect(scenario?.drills[0]).toMatchObject({
      name: 'Connection timeout',
      place: { line: 41 },
      fault: {
        kind: 'link',
        link: 'payments',
        toxic: { type: 'timeout' },
        place: { line: 43, column: 14 },
      },
      breaks: { step: 1 },
      ends: { by: 'harness', afterMilliseconds: 200 },
      recovers: { withinMilliseconds: 2000 },
      symptoms: [
        { kind: 'answers', status: 504 },
        { kind: 'within', milliseconds: 3000 },
        { kind: 'log' },
      ],
      broken: false,
    })
  })

  test('[prevention] has a prevention that is a setting', () => {
    expect(scenario?.drills[0]?.prevention).toMatchObject({
      environment: { PAYMENTS_TIMEOUT_MS: '20' },
      symptoms: [{ status: 504, place: { line: 45, column: 50 } }, { milliseconds: 1000 }],
    })
  })

  test('[rollback] has Rollback as the step after the last', () => {
    expect(scenario?.rollback).toMatchObject({
      number: 3,
      kind: 'rollback',
      text: 'cancel the order',
      fences: [{ language: 'http' }],
    })
  })

  test('reads the same with the line ends of Windows', () => {
    const other = read(ordersPage.replaceAll('\n', '\r\n'))
    expect(other.problems).toEqual([])
    expect(other.scenarios[0]?.steps.map(({ place }) => place)).toEqual(
      scenario?.steps.map(({ place }) => place),
    )
  })
})

describe('[any-page] any page can be read', () => {
  test('[placeholders] the form, without a word changed', () => {
    const guide = read(formPage)
    expect(guide).toMatchObject({
      adopted: false,
      integrations: [],
      problems: [],
      title: 'Integration Guides',
    })
    expect(guide.scenarios.map(({ heading }) => heading)).toEqual([
      'Scenario 1: [Name]',
      'Scenario 2: [Name]',
    ])
    expect(steps(formPage)).toEqual(['1 bulleted How to confirm success []'])
  })

  test.each([
    ['nothing', ''],
    ['text', 'just words'],
    ['broken front matter', '---\na: [\n---\n# x\n'],
    ['a fence that never ends', '## Scenario: x\n**Verification**\n- a\n```http\nGET /a'],
    ['odd nesting', '> ## Scenario: x\n> 1. a\n>    - b\n'],
    ['very deep nesting', `${'> '.repeat(20_000)}x`],
    ['a long page', `# x\n${'word '.repeat(300_000)}`],
    ['html', '<div>\n\n## Scenario 1: x\n\n</div>'],
  ])('%s', (_, text) => {
    expect(() => read(text)).not.toThrow()
    expect(read(text).scenarios.length).toBeLessThanOrEqual(1)
  })

  test('a line that would take minutes is left out, and said', () => {
    const text = `${'*'.repeat(50_000)}x${'*'.repeat(50_000)}\n## Scenario 1: x\n**Verification**\n1. a\n`
    expect(problems(text)).toEqual(['warning 1:1 this line is too long and is not read -> '])
    expect(steps(text)).toEqual(['1 numbered a []'])
  })

  test('an adopted page without a scenario is a problem', () => {
    expect(problems(adopted('words'))).toEqual([
      'error 1:0 this page is adopted and has no scenario, so it proves nothing -> add a scenario, or take "adopted: true" away',
    ])
  })

  test('[adopted] problems of other pages are warnings', () => {
    expect(problems('## Scenario 1: x\n**Verfication**\n1. a\n')).toEqual([
      'warning 2:1 "Verfication" is no label -> write "Verification"',
    ])
  })
})

const front = (...lines: readonly string[]): string =>
  `---\n${lines.join('\n')}\n---\n## Scenario: a\n`

describe('[front-matter]', () => {
  test('names integrations, one or several', () => {
    expect(read(front('integration: [orders, users]')).integrations).toEqual(['orders', 'users'])
    expect(read(front('integration: orders'))).toMatchObject({
      integrations: ['orders'],
      integrationPlace: { line: 2 },
    })
  })

  test('leaves the keys of other tools alone', () => {
    expect(problems(front('title: x', 'sidebar_position: 3', 'tags: [a]'))).toEqual([])
  })

  test.each([
    ['adoptd: true', 'error 2:1 unknown key "adoptd" in the front matter -> write "adopted"'],
    [
      'adopted: yes',
      'error 2:1 "adopted" is not understood -> write "adopted: true", or take the line away',
    ],
    ['integration: []', 'warning 2:1 "integration" is not understood -> '],
    ['a: "', /^error \d:\d+ the front matter is not YAML/],
  ])('%s', (line, expected) => {
    expect(problems(front(line))).toEqual([
      typeof expected === 'string' ? expected : expect.stringMatching(expected),
    ])
  })
})

const page = (label: string): string =>
  adopted(`# Title\n### Scenario 4 - A name\n${label}\n1. It holds\n${get}\n`)

describe('[labels] labels', () => {
  test.each([
    '**Verification**',
    '**Verification**:',
    '**Verification:**',
    'Verification:',
    '#### Verification',
    '**Verify**',
    '#### How to check',
    '**checks**',
  ])('%s begins the steps', (label) => {
    expect(steps(page(label))).toEqual(['1 numbered It holds [http]'])
    expect(problems(page(label))).toEqual([])
  })

  test.each([
    ['**Verfication**', 'write "Verification"'],
    ['**Verifcation**: x', 'write "Verification"'],
    ['#### Verificaton', 'write "Verification"'],
  ])('%s is nearly one', (label, fix) => {
    expect(problems(page(label))[0]).toMatch(new RegExp(`^error 8:1 .* -> ${fix}$`))
  })

  test.each([
    '**Note**: x',
    '**Notes**: x',
    '**Limits**: x',
    '**Purpose**: x',
    '**Settings**: x',
    '**Important** is this',
  ])('%s is something else', (label) => {
    expect(problems(page(`**Verification**\n\n${label}\n`))).toEqual([])
  })

  test('can be items of a list, with their fences inside', () => {
    const text = adopted(
      `## Scenario: x\n- **Given**: an order\n  \`\`\`http\n  POST /orders\n  \`\`\`\n- **Verify**: it is there\n  \`\`\`http\n  GET /orders\n\n  HTTP 200\n  \`\`\`\n`,
    )
    expect(problems(text)).toEqual([])
    expect(read(text).scenarios[0]?.given?.fences).toMatchObject([
      { language: 'http', place: { line: 8, column: 3 } },
    ])
    expect(steps(text)).toEqual(['1 bulleted it is there [http]'])
  })

  test('[label-on-its-own] that Markdown makes part of a list are said', () => {
    const text = adopted(
      `## Scenario: x\n**Verification**\n1. a\n${get}\n2. b\n**Troubleshooting**\n`,
    )
    expect(problems(text)).toEqual([
      'error 15:1 "Troubleshooting" is part of the list item above it -> put a blank line above it',
    ])
  })

  test('[given] Given below Verification is said', () => {
    const text = adopted(`## Scenario: x\n**Verification**\n1. a\n${get}\n\n**Given** an order\n`)
    expect(problems(text)).toEqual([
      'error 15:1 Given stands below Verification -> move it above Verification',
    ])
  })
})

describe('[scenario] scenarios', () => {
  test.each([
    ['# Scenario: One', 'One'],
    ['###### Scenario 12 – One', 'One'],
    ['**Scenario 3: One**', 'One'],
    ['**Scenario 3**: One', 'One'],
  ])('%s', (heading, name) => {
    expect(read(adopted(`${heading}\n\n**Verification**\n1. a\n${get}\n`)).scenarios).toMatchObject(
      [{ name, steps: [{ text: 'a' }] }],
    )
  })

  test('end at the next one and at the next heading of their level', () => {
    const { scenarios } = read(
      adopted(
        `## Scenario 1: A\n**Verification**\n1. a\n${get}\n## Scenario 2: B\n**Verification**\n1. b\n${get}\n## Best practices\n1. c\n${get}\n`,
      ),
    )
    expect(scenarios.map(({ name, steps: all, lastLine }) => [name, all.length, lastLine])).toEqual(
      [
        ['A', 1, 13],
        ['B', 1, 21],
      ],
    )
  })

  test('have names of their own', () => {
    expect(
      problems(
        adopted(
          `## Scenario 1: A\n**Verification**\n1. a\n## Scenario 2: A\n**Verification**\n1. a\n`,
        ),
      )[0],
    ).toContain('error 9:1 two scenarios have one name: "A" stands at line 6 too')
  })

  test('are told from a heading that is nearly one', () => {
    expect(problems(adopted('## Scenaro 1: A\n'))).toContainEqual(
      'error 6:1 "Scenaro" is no label -> write "Scenario"',
    )
    expect(problems('## Scenarios\n## Common Scenarios\n')).toEqual([])
  })
})

describe('[steps] steps', () => {
  test('own the fences in their item and after it', () => {
    expect(
      steps(
        verifying(
          `1. a\n   ${get.replaceAll('\n', '\n   ')}\n2. b\n\n${get}\n\nwords\n\n${fenced('sql', 'SELECT 1')}`,
        ),
      ),
    ).toEqual(['1 numbered a [http]', '2 numbered b [http sql]'])
  })

  test('are headings too', () => {
    expect(
      steps(
        adopted(
          `## Scenario: x\n### Verification\n#### 1. First\n${get}\n#### Step 2: Second\n${get}\n#### Third\n`,
        ),
      ),
    ).toEqual(['1 numbered First [http]', '2 numbered Second [http]', '3 bulleted Third []'])
  })

  test('[bulleted] have a number by their place', () => {
    expect(steps(verifying(`- a\n${get}\n- b\n${get}`))).toEqual([
      '1 bulleted a [http]',
      '2 bulleted b [http]',
    ])
  })

  test('[samples] own no fence below another label', () => {
    expect(
      steps(
        verifying(`1. a\n${get}\n\n**Note**: like this\n\n${fenced('http', 'DELETE /orders')}`),
      ),
    ).toEqual(['1 numbered a [http]'])
  })

  test('[numbered] count from 1 through the scenario', () => {
    expect(problems(verifying(`1. a\n${get}\n1. b\n${get}`))).toEqual([
      'error 15:4 this step is numbered 1, and it is step 2 of its scenario -> write "2."',
    ])
  })

  test('[step-names] have names of their own', () => {
    expect(problems(verifying(`- a\n- a`))[0]).toContain(
      'two steps have one name: "a" is step 1 too',
    )
  })

  test('[credential] take that of Verification, or their own', () => {
    const text = adopted(
      `## Scenario: x\n**Verification**, as \`reader\`\n1. a, as \`writer\`\n2. b\n`,
    )
    expect(
      read(text).scenarios[0]?.steps.map(({ text: words, credential }) => [
        words,
        credential?.text,
      ]),
    ).toEqual([
      ['a', 'writer'],
      ['b', 'reader'],
    ])
  })

  test('[placeholders] know the words of the form', () => {
    expect(
      read(verifying('1. [Describe the check]\n2. [a link](x)')).scenarios[0]?.steps.map(
        ({ placeholder }) => placeholder,
      ),
    ).toEqual([true, false])
  })
})

const made = fenced('http', 'POST /orders', '', 'HTTP 201', '', '{ "id": "{{new order}}" }')

const marked = (mark: string) =>
  verifying(`${mark} a\n${made}\n${mark} b\n${fenced('sql', 'SELECT {{order}}')}`)

describe('[names] names in braces', () => {
  const used = fenced(
    'http',
    'GET /orders/{{ordr}}',
    'X: {{y}}',
    '',
    'HTTP 200',
    '',
    '{ "id": {{order}} }',
  )

  test('must be kept above', () => {
    expect(problems(verifying(`1. a\n${made}\n2. b\n${used}`))).toEqual([
      'error 19:13 nothing above keeps a value as "ordr" -> write {{order}}',
      'error 20:4 nothing above keeps a value as "y" -> write {{new y}} where the value comes',
    ])
  })

  test('are not seen by bulleted steps when another step keeps them', () => {
    expect(problems(marked('-'))).toHaveLength(1)
    expect(problems(marked('-'))[0]).toMatch(/^error 19:8/)
    expect(problems(marked('1.').replace('\n1. b', '\n2. b'))).toEqual([])
  })

  test('can be kept by scripts and tables', () => {
    const table = `${fenced('sql', 'SELECT 1 AS a')}\n\n| a |\n|---|\n| {{new a}} |`
    const script = fenced('ts', "kept.b = 'x'; if (kept.c === 1) expect(1)")
    const request = fenced('http', 'GET /{{a}}/{{b}}/{{c}}', '', 'HTTP 200')
    expect(problems(verifying(`1. a\n\n${table}\n${script}\n${request}`))).toEqual([
      expect.stringContaining('keeps a value as "c"'),
    ])
  })
})

test('[samples] fences in other languages are samples', () => {
  expect(
    steps(
      verifying(
        `1. a\n${fenced('json', '{}')}\n${fenced('', 'x')}\n${fenced('HTTP', 'GET /', '', 'HTTP 200')}`,
      ),
    ),
  ).toEqual(['1 numbered a [sample sample http]'])
})
