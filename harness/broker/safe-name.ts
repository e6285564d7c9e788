import { createHash } from 'node:crypto'

/**
 * A name for a file that comes from outside: letters, digits and single dots of it, cut, and a hash of
 * what it stands for. It can lead nowhere, and different contracts have different names.
 *
 * @example
 * safeName('../../etc/passwd', 'https://broker/pacts/1') // 'etc-passwd-5f2d8a1c.json'
 */
export const safeName = (name: string, key: string): string => {
  const readable = name
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 8)
  return `${readable === '' ? 'contract' : readable}-${hash}.json`
}
