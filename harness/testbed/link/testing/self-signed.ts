import { generateKeyPairSync, sign } from 'node:crypto'

/** A key and a certificate that it signed itself, in PEM. */
export interface SelfSigned {
  readonly key: string
  readonly cert: string
}

/** DER (X.690): a tag, the length, and the parts one after the other. */
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const lengthBytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Uint8Array.of(tag, ...lengthBytes), content])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const identifier = (...bytes: readonly number[]): Buffer => der(0x06, Uint8Array.from(bytes))
const utcTime = (text: string): Buffer => der(0x17, Buffer.from(text))

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 */
const algorithm = sequence(identifier(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02))

/** commonName, 2.5.4.3 */
const nameOf = (host: string): Buffer =>
  sequence(der(0x31, sequence(identifier(0x55, 0x04, 0x03), der(0x0c, Buffer.from(host)))))

/**
 * A self-signed certificate (RFC 5280, 4.1, version 1) for a host, valid until 2049.
 *
 * @example
 * createServer(selfSigned('localhost'))
 */
export const selfSigned = (host: string): SelfSigned => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const toBeSigned = sequence(
    der(0x02, Uint8Array.of(1)),
    algorithm,
    nameOf(host),
    sequence(utcTime('200101000000Z'), utcTime('491231235959Z')),
    nameOf(host),
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const certificate = sequence(toBeSigned, algorithm, der(0x03, Uint8Array.of(0), signature))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  }
}
