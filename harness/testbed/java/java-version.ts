/** A Java as `java -version` describes it. */
export interface JavaVersion {
  readonly major: number
  /** `17.0.15` */
  readonly text: string
}

/** WireMock 3 runs on this major version and newer ones. */
export const javaMajorMin = 11

/**
 * Reads what `java -version` printed. Until 8 the major version stood after `1.`. `undefined` where
 * no version is in it.
 *
 * @example
 * parseJavaVersion(['openjdk version "17.0.15" 2025-04-15']) // { major: 17, text: '17.0.15' }
 */
export const parseJavaVersion = (lines: readonly string[]): JavaVersion | undefined => {
  for (const line of lines) {
    const match = /\bversion "((?:1\.)?(\d+)[^"]*)"/.exec(line)
    if (match !== null) return { major: Number(match[2]), text: match[1] ?? '' }
  }
  return undefined
}
