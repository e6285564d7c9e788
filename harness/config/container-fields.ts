import { z } from 'zod'

/** The name of an image, with a tag or a digest. */
export const image = z.string().regex(/^[^\s-]\S*$/, 'the name of an image, such as "postgres:17"')

/** A folder with a Dockerfile. */
export const build = z.string().min(1)

/** A TCP port. */
export const port = z.int().min(1).max(65_535)

/** The port of a provider in its container. */
export const containerPort = port.optional().meta({
  description: 'the port that it listens on in its container, on all addresses there',
  otherwise: 'the one that the image exposes',
})
