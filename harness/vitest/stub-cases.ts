import type { ValidConfig } from '../config/schema.ts'
import type { Spec } from '../spec/types.ts'
import { closed, isChosen, type Planned } from './register.ts'
import type { Run } from './run.ts'

/** A dependency whose stubs a document is the measure of. */
export interface Upstream {
  readonly integration: string
  readonly dependency: string
  /** The folder of its mappings; `undefined` where only states and steps put them. */
  readonly mappings?: string
}

/** The dependencies that name a document as the spec of what they stand in for. */
export const stubsHeldTo = (file: string, { integrations }: ValidConfig): readonly Upstream[] =>
  Object.entries(integrations).flatMap(([integration, { dependencies = {} }]) =>
    Object.entries(dependencies).flatMap(([dependency, one]) =>
      one.type === 'wiremock' && one.spec === file
        ? [
            {
              integration,
              dependency,
              ...(one.mappings === undefined ? {} : { mappings: one.mappings }),
            },
          ]
        : [],
    ),
  )

/**
 * The cases that hold stubs to the spec of their upstream: one for each mapping, compared while tests
 * are collected, before anything is started. Throws the `UserError` of a folder that cannot be read.
 */
export const plannedStubs = async (
  spec: Spec,
  upstreams: readonly Upstream[],
  specFile: string,
  run: Run,
): Promise<readonly Planned<unknown, unknown>[]> => {
  // Who has no stubs that are held to a spec does not load what compares them.
  const { compareStub } = await import('../cross-check/stubs/compare-stub.ts')
  const { judgeStub, stubCase, stubCaseId } = await import('../cross-check/stubs/case.ts')
  const { readWrittenMappings } = await import('../testbed/stub/mappings.ts')
  const proof = { replay: () => Promise.resolve(), judge: judgeStub }
  const planned: Planned<unknown, unknown>[] = []
  for (const { mappings, ...upstream } of upstreams) {
    if (mappings === undefined) continue
    for (const mapping of await readWrittenMappings(run.provided.root, mappings)) {
      const held = { ...upstream, mapping, specFile }
      if (!isChosen(stubCaseId(held), specFile, run)) continue
      planned.push(closed(stubCase(held, await compareStub(mapping, spec), spec), proof))
    }
  }
  return planned
}
