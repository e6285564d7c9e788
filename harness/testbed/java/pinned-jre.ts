/** A JRE that is fetched where the machine has no Java. */
export interface PinnedJre {
  /** The release as its maker names it. */
  readonly release: string
  readonly version: string
  readonly major: number
  /** SHA-256 of the archive, in hexadecimal digits. */
  readonly checksum: string
}

const version = '21.0.12.1+1'

/** Eclipse Temurin, by platform and architecture as Node names them. */
const checksums: Readonly<Record<string, string>> = {
  'linux-x64': '2413149700df0f7d440500a84a8f764c535f21e5a5e87d38328b64eec2c5b500',
  'linux-arm64': '14be1f35ebdbd1f6e8d57eb911a3ffb74d6d9aa255abc5daf2b1302002cf2cf2',
  'darwin-x64': '6717ec641fd9ce0bb209ca083ee23b42202ac68cb6fcc5753496e0e4a0f41989',
  'darwin-arm64': 'dec50fc6f9fcd4fe3ae8cabf5a5fa68f6afc48841f7698e468e9aa5d54beed84',
  'win32-x64': 'd35f31e712f0fcf6ac5a093edc90204fbff22f720ba3950bd09d331d5e621636',
}

/**
 * The JRE for a platform; `undefined` where none is pinned.
 *
 * @example
 * pinnedJre('linux', 'x64')?.version // '21.0.12.1+1'
 */
export const pinnedJre = (
  platform: string = process.platform,
  arch: string = process.arch,
): PinnedJre | undefined => {
  const checksum = checksums[`${platform}-${arch}`]
  return checksum === undefined
    ? undefined
    : { release: `jdk-${version}`, version, major: 21, checksum }
}
