import { test } from 'vitest'
import { readGuide } from '../read/read-guide.ts'
test('x', () => {
  const n = 20000
  const odd: Record<string, string> = {
    brackets: '['.repeat(n),
    stars: '*a '.repeat(n),
    under: '_a_b'.repeat(n),
    ticks: '`a``b'.repeat(n),
    links: '[a]('.repeat(n),
    img: '![a'.repeat(n),
    table: '|a'.repeat(n) + '\n' + '|-'.repeat(n) + '\n',
    deeplist: Array.from({ length: 300 }, (_, i) => ' '.repeat(i * 2) + '- a').join('\n'),
    html: '<a '.repeat(n),
    bold: '**a'.repeat(n),
    strong: '**'.repeat(n),
    emph: '*'.repeat(n) + 'a' + '*'.repeat(n),
    lists: '- a\n'.repeat(n),
    labels: '**A**: x · '.repeat(n),
    autolink: 'www.a.b '.repeat(n),
    mail: 'a@'.repeat(n),
    braces: '## Scenario: x\n**Verification**\n- a\n```http\nGET /' + '{{a}}'.repeat(n) + '\n```\n',
    syms: 'x',
    quote: '> - '.repeat(99) + 'a',
  }
  for (const [k, t] of Object.entries(odd)) {
    const s = performance.now()
    readGuide(
      'a.md',
      '---\nadopted: true\n---\n## Scenario: x\n**Troubleshooting**\n#### a\n- **Fault**: x\n- **Symptoms**: ' +
        t,
    )
    readGuide('a.md', t)
    console.log(k, Math.round(performance.now() - s))
  }
}, 100000)
