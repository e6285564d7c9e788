import { expect, test } from 'vitest'
import { parseJavaVersion } from './java-version.ts'

test.each([
  ['openjdk version "17.0.15" 2025-04-15', { major: 17, text: '17.0.15' }],
  ['java version "1.8.0_292"', { major: 8, text: '1.8.0_292' }],
  ['openjdk version "11" 2018-09-25', { major: 11, text: '11' }],
  ['openjdk version "25-ea" 2025-09-16', { major: 25, text: '25-ea' }],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', undefined],
])('%s', (line, version) => {
  expect(parseJavaVersion(['Picked up JAVA_TOOL_OPTIONS: -Xmx1g', line])).toEqual(version)
})
