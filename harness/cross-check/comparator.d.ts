// The package's own declarations import each other without file endings, which NodeNext does not follow.
declare module '@pactflow/openapi-pact-comparator' {
  /** One thing that a contract and a document disagree on, or that could not be compared. */
  export interface Result {
    readonly code: string
    readonly message: string
    readonly type: 'error' | 'warning' | 'info'
    readonly mockDetails?: { readonly location: string; readonly value?: unknown }
    readonly specDetails?: { readonly location: string; readonly value?: unknown }
  }
  export class Comparator {
    constructor(options: { readonly oas: unknown })
    compare(pact: {
      readonly metadata: unknown
      readonly interactions: readonly unknown[]
    }): AsyncGenerator<Result>
  }
}
