import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Finding } from '../model/finding.ts'

const page = join(import.meta.dirname, '../../docs/findings.md')

/** A failure as the page shows it: what differs from run to run is N there. */
const shown = ({ code, summary, expected, actual }: Finding): string =>
  [`${code}: ${summary}`, `  expected  ${expected}`, `  came      ${actual}`]
    .join('\n')
    .replaceAll(/\b\d+ (tries|ms)\b/g, 'N $1')

const fence = /(?<=^```text\n)[\s\S]*?(?=\n```$)/m

/** The page in parts: what is before the section of a code, the section, and what is after it. */
const split = (text: string, code: string): readonly [string, string, string] => {
  const heading = `### \`${code}\`\n`
  const start = text.indexOf(heading)
  if (start === -1) return [text, '', '']
  const next = text.slice(start + heading.length).search(/^#{2,3} /m)
  const end = next === -1 ? text.length : start + heading.length + next
  return [text.slice(0, start), text.slice(start, end), text.slice(end)]
}

/**
 * Expects the example below a code's heading in `docs/findings.md` to be this finding, which was just
 * seen: so the page shows nothing that the product does not say. With PROOFBOOK_REWRITE=1 it is put
 * there.
 *
 * @example
 * for (const finding of judgement.findings) expectShown(finding)
 */
export const expectShown = (finding: Finding): void => {
  const example = shown(finding)
  const [before, section, after] = split(readFileSync(page, 'utf8'), finding.code)
  if (process.env['PROOFBOOK_REWRITE'] === '1')
    writeFileSync(page, [before, section.replace(fence, () => example), after].join(''))
  const [, current] = split(readFileSync(page, 'utf8'), finding.code)
  expect(
    fence.exec(current)?.[0],
    `docs/findings.md shows another failure under ${finding.code}: run this test with PROOFBOOK_REWRITE=1`,
  ).toBe(example)
}
