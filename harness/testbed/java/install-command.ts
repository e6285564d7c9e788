import { readFile } from 'node:fs/promises'

const byDistribution: Readonly<Record<string, string>> = {
  debian: 'apt-get install -y default-jre-headless',
  ubuntu: 'apt-get install -y default-jre-headless',
  fedora: 'dnf install -y java-latest-openjdk-headless',
  rhel: 'dnf install -y java-21-openjdk-headless',
  alpine: 'apk add openjdk21-jre-headless',
  arch: 'pacman -S --noconfirm jre-openjdk-headless',
  suse: 'zypper install -y java-21-openjdk-headless',
}

const distributionsOf = (osRelease: string): readonly string[] =>
  [...osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].flatMap(([, value = '']) =>
    value.replaceAll(/["']/g, '').split(' '),
  )

/** The machine that a command is for. */
export interface Machine {
  readonly platform: string
  readonly uid: number | undefined
  /** Content of `/etc/os-release`, where there is one. */
  readonly osRelease: string
}

/**
 * The one command that installs a Java on a machine.
 *
 * @example
 * installCommandFor({ platform: 'linux', uid: 0, osRelease: 'ID=debian' }) // 'apt-get install -y default-jre-headless'
 */
export const installCommandFor = ({ platform, uid, osRelease }: Machine): string => {
  if (platform === 'darwin') return 'brew install openjdk'
  if (platform === 'win32') return 'winget install -e --id EclipseAdoptium.Temurin.21.JRE'
  const known = distributionsOf(osRelease).find((id) => byDistribution[id] !== undefined)
  const command = byDistribution[known ?? 'debian'] ?? ''
  return uid === 0 ? command : `sudo ${command}`
}

/** The same for the machine that we run on. */
export const installCommand = async (): Promise<string> =>
  installCommandFor({
    platform: process.platform,
    uid: process.getuid?.(),
    osRelease: await readFile('/etc/os-release', 'utf8').catch(() => ''),
  })
