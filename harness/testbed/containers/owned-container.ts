import type { OwnedProcess } from '../custody.ts'

/** A container that ends with the run, however that ends. */
export interface OwnedContainer extends Pick<OwnedProcess, 'exited' | 'log' | 'lineCount'> {
  readonly id: string
  /** Where its port is published. */
  readonly host: string
  readonly port: number
  /** Where other containers of the engine find it. */
  readonly inside: { readonly host: string; readonly port: number }
  /** Ends it and removes it with its volumes: in order first, if it is given time for that. */
  stop(graceMilliseconds?: number): Promise<void>
}

/** What a container is made of. */
export interface ContainerOptions {
  /** As messages name it: `The provider "orders"`. */
  readonly title: string
  readonly image: string
  /** The port that it listens on in the container. */
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
  /** What it runs, after the image's entry point. */
  readonly command?: readonly string[]
  /** A folder of it that lies in memory. */
  readonly inMemory?: string
  /** The port to publish on; default: any. */
  readonly publishedPort?: number
  /** It need not end with the run: the next one may use it again. */
  readonly reuse?: boolean
}
