import { expect, test } from 'vitest'
import { installCommandFor } from './install-command.ts'
import { javaPackages } from './java/java-packages.ts'

test.each([
  ['linux', 0, 'ID=debian\n', 'apt-get install -y default-jre-headless'],
  ['linux', 1000, 'ID=ubuntu\nID_LIKE=debian', 'sudo apt-get install -y default-jre-headless'],
  [
    'linux',
    0,
    'ID="rocky"\nID_LIKE="rhel centos fedora"',
    'dnf install -y java-21-openjdk-headless',
  ],
  ['linux', 0, 'ID=alpine', 'apk add openjdk21-jre-headless'],
  ['linux', 0, '', 'apt-get install -y default-jre-headless'],
  ['darwin', 501, '', 'brew install openjdk'],
  ['win32', undefined, '', 'winget install -e --id EclipseAdoptium.Temurin.21.JRE'],
])('%s, user %s, %j', (platform, uid, osRelease, command) => {
  expect(installCommandFor(javaPackages, { platform, uid, osRelease })).toBe(command)
})

test('what no package of Windows holds is used otherwise', () => {
  const machine = { platform: 'win32', uid: undefined, osRelease: '' }
  expect(installCommandFor({ debian: 'redis-server' }, machine)).toContain('WSL')
})
