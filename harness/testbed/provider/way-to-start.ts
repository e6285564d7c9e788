import type { ProviderConfig } from '../../config/schema.ts'

/** Where a provider's image comes from. */
export type ImageSource = { readonly image: string } | { readonly build: string }

/** How a provider is started: as a command on this machine, or in a container. */
export type WayToStart = { readonly command: readonly string[] } | ImageSource

/**
 * How a provider is started in a runtime. One that can be started both ways is a container where its
 * dependencies are, and else a command; a command alone runs on this machine in either.
 *
 * @example
 * wayToStart({ command: ['serve'], build: '.' }, 'containers') // { build: '.' }
 */
export const wayToStart = (
  start: Exclude<ProviderConfig['start'], { readonly url: string }>,
  runtime: 'processes' | 'containers',
): WayToStart => {
  const { image, build } = { image: undefined, build: undefined, ...start }
  const command = 'command' in start ? start.command : undefined
  if (command !== undefined && (runtime === 'processes' || (image ?? build) === undefined))
    return { command }
  return image === undefined ? { build: build ?? '.' } : { image }
}

/** What an image is called where people read it. */
export const sourceText = (source: ImageSource): string =>
  'image' in source ? `container ${source.image}` : `container built from ${source.build}`
