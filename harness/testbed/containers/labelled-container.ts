import { GenericContainer, type WaitStrategy } from 'testcontainers'

/** What Testcontainers' own builder has no word for. */
export interface Labelling {
  readonly labels: Readonly<Record<string, string>>
  /** The address of the engine's machine to publish on; absent: all of them. */
  readonly publishOn: string | undefined
  /** Told as soon as the container exists, before it is started. */
  readonly onCreated: (id: string) => Promise<void>
}

/** Readiness is waited for by ourselves, in the same way as that of a process. */
const atOnce: WaitStrategy = {
  waitUntilReady: () => Promise.resolve(),
  withStartupTimeout: () => atOnce,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
}

/** A container that publishes its ports on one address only, and is known before it is started. */
export class LabelledContainer extends GenericContainer {
  readonly #labelling: Labelling

  constructor(image: string, labelling: Labelling) {
    super(image)
    this.#labelling = labelling
    this.withLabels(labelling.labels).withWaitStrategy(atOnce)
  }

  protected override beforeContainerCreated = (): Promise<void> => {
    const bindings = Object.values((this.hostConfig.PortBindings ?? {}) as PortBindings).flat()
    const { publishOn } = this.#labelling
    if (publishOn !== undefined) for (const binding of bindings) binding.HostIp = publishOn
    return Promise.resolve()
  }

  protected override containerCreated = (id: string): Promise<void> => this.#labelling.onCreated(id)
}

type PortBindings = Record<string, { HostIp?: string; HostPort?: string }[]>
