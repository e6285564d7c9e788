import { relative, resolve } from 'node:path'
import type { LoadedConfig } from '../config/load.ts'
import { contractBytes } from '../contract/read/contract-bytes.ts'
import { UserError } from '../model/user-error.ts'
import { lookAtText } from '../vitest/contract-look.ts'
import type { RootFile } from '../vitest/roots.ts'
import { fileKind } from '../vitest/roots.ts'
import { parseCredential } from './credential-option.ts'

/** What `verify FILE… --url URL` says instead of a configuration. */
export interface UrlOptions {
  readonly url: string
  readonly credential: readonly string[]
  /** A module that signs requests, from where the command is run. */
  readonly beforeRequest?: string
}

/** A configuration made from a command line, and the files that it is about. */
export interface MadeConfig {
  readonly loaded: LoadedConfig
  readonly roots: readonly RootFile[]
}

/**
 * An address of an HTTP service, without a slash at its end.
 *
 * Throws a `UserError` that names the option for anything else.
 */
export const checkedUrl = (option: string, text: string): string => {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/$/, '')
  throw new UserError({
    problem: `${option} ${text} is no address of an HTTP service`,
    expected: 'http://… or https://…',
    fix: `${option} http://127.0.0.1:8080`,
  })
}

/** The configuration that stands behind `verify FILE… --url URL`: one integration for each provider. */
export const configFromUrl = async (
  root: string,
  files: readonly string[],
  options: UrlOptions,
): Promise<MadeConfig> => {
  const url = checkedUrl('--url', options.url)
  if (files.length === 0)
    throw new UserError({
      problem: '--url needs at least one contract or spec to replay',
      fix: 'npx proofbook verify specs/orders.openapi.yaml --url URL',
    })
  const credentials = Object.fromEntries(options.credential.map(parseCredential))
  const { beforeRequest } = options
  const signing =
    beforeRequest === undefined
      ? {}
      : { beforeRequest: { module: relative(root, resolve(root, beforeRequest)) } }
  const integrations: LoadedConfig['config']['integrations'] = {}
  const roots: RootFile[] = []
  for (const file of files) {
    const text = new TextDecoder().decode(await contractBytes(root, file))
    const kind = fileKind(file, text)
    if (kind === undefined || kind === 'guide')
      throw new UserError({
        problem: 'this is neither a contract nor an OpenAPI document',
        place: { file },
        expected:
          'JSON with consumer, provider and interactions, or a document with an openapi or swagger key',
      })
    const provider = (kind === 'contract' ? lookAtText(text).provider : undefined) ?? 'provider'
    roots.push({ kind, file })
    integrations[provider] = {
      ...integrations[provider],
      provider: { start: { url }, ...signing },
      credentials,
      ...(kind === 'spec' ? { spec: file } : { contracts: file }),
    }
  }
  return {
    roots,
    loaded: {
      root,
      file: resolve(root, 'proofbook.config.ts'),
      config: { integrations },
      dependencies: [],
    },
  }
}
