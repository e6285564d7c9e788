import { readFile } from 'node:fs/promises'

const managers: Readonly<Record<string, string>> = {
  debian: 'apt-get install -y',
  ubuntu: 'apt-get install -y',
  fedora: 'dnf install -y',
  rhel: 'dnf install -y',
  alpine: 'apk add',
  arch: 'pacman -S --noconfirm',
  suse: 'zypper install -y',
}

/**
 * What the packages of a program are called: for Linux by the distribution's id, for macOS (Homebrew)
 * and Windows (winget) by the platform's name. `debian` stands in for a Linux that is not known.
 */
export type Packages = Readonly<Record<string, string>> & { readonly debian: string }

/** The machine that a command is for. */
export interface Machine {
  readonly platform: string
  readonly uid: number | undefined
  /** Content of `/etc/os-release`, where there is one. */
  readonly osRelease: string
}

const distributionsOf = (osRelease: string): readonly string[] =>
  [...osRelease.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm)].flatMap(([, value = '']) =>
    value.replaceAll(/["']/g, '').split(' '),
  )

/**
 * The one command that installs a program on a machine.
 *
 * @example
 * installCommandFor({ debian: 'redis-server' }, { platform: 'linux', uid: 0, osRelease: 'ID=debian' }) // 'apt-get install -y redis-server'
 */
export const installCommandFor = (
  packages: Packages,
  { platform, uid, osRelease }: Machine,
): string => {
  if (platform === 'darwin') return `brew install ${packages['darwin'] ?? packages.debian}`
  if (platform === 'win32')
    return packages['win32'] === undefined
      ? 'use it in WSL: there is none for Windows'
      : `winget install -e --id ${packages['win32']}`
  const known = distributionsOf(osRelease).find((id) => managers[id] !== undefined) ?? 'debian'
  const command = `${managers[known] ?? ''} ${packages[known] ?? packages.debian}`
  return uid === 0 ? command : `sudo ${command}`
}

/** The same for the machine that we run on. */
export const installCommand = async (packages: Packages): Promise<string> =>
  installCommandFor(packages, {
    platform: process.platform,
    uid: process.getuid?.(),
    osRelease: await readFile('/etc/os-release', 'utf8').catch(() => ''),
  })
