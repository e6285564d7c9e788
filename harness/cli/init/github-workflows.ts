/** The files of one continuous integration, by path. */
export type CiFiles = Readonly<Record<string, string>>

/** What may differ between projects. */
export interface WorkflowOptions {
  /** Over how many machines the nightly run is spread. */
  readonly shards: number
  /** Where the provider is deployed: the broker is asked whether it may. */
  readonly environment: string
}

const setUp = `      - uses: actions/checkout@v5
        with:
          persist-credentials: false
      - uses: actions/setup-node@v6
        with:
          node-version: 24
          cache: npm
      - run: npm ci`

/** Hidden folders are left out of artifacts unless asked for; the evidence lies in one. */
const keepEvidence = (
  name: string,
  path: string,
  days: number,
): string => `      - if: \${{ !cancelled() }}
        uses: actions/upload-artifact@v5
        with:
          name: ${name}
          path: |
${path
  .split(' ')
  .map((one) => `            ${one}`)
  .join('\n')}
          include-hidden-files: true
          if-no-files-found: error
          retention-days: ${days}`

const pullRequest = `# Proves the guides, contracts and specs with the code of a pull request.
name: Proofbook

on: pull_request

permissions:
  contents: read

concurrency:
  group: proofbook-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  prove:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
${setUp}
      - run: npx vitest run --reporter=default --reporter=junit --outputFile.junit=.proofbook/junit.xml
${keepEvidence('proofbook', '.proofbook/', 7)}
`

/** What is published is the whole night's: after the merge, red or not. */
const broker = (
  environment: string,
): string => `      - if: \${{ !cancelled() && env.PACT_BROKER_BASE_URL != '' && hashFiles('contracts/*.json') != '' }}
        run: npx proofbook publish
      - if: \${{ !cancelled() && env.PACT_BROKER_BASE_URL != '' }}
        run: npx proofbook publish --results
      - if: \${{ env.PACT_BROKER_BASE_URL != '' }}
        run: npx proofbook can-i-deploy --to-environment ${environment}`

const nightly = ({
  shards,
  environment,
}: WorkflowOptions): string => `# Proves everything each night, on ${shards} machines, and tells the Pact Broker where there is one:
# the secrets PACT_BROKER_BASE_URL and PACT_BROKER_TOKEN of the repository.
name: Proofbook nightly

on:
  schedule:
    - cron: '17 3 * * *'
  workflow_dispatch:

permissions:
  contents: read

env:
  PACT_BROKER_BASE_URL: \${{ secrets.PACT_BROKER_BASE_URL }}
  PACT_BROKER_TOKEN: \${{ secrets.PACT_BROKER_TOKEN }}

jobs:
  prove:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    strategy:
      fail-fast: false
      matrix:
        shard: [${Array.from({ length: shards }, (_, index) => index + 1).join(', ')}]
    steps:
${setUp}
      - run: npx vitest run --shard=\${{ matrix.shard }}/${shards} --reporter=default --reporter=blob --outputFile.blob=blobs/\${{ matrix.shard }}.json
${keepEvidence('shard-${{ matrix.shard }}', 'blobs/ .proofbook/', 1)}

  merge:
    needs: prove
    if: \${{ !cancelled() }}
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
${setUp}
      - uses: actions/download-artifact@v6
        with:
          pattern: shard-*
          merge-multiple: true
      - run: npx vitest run --merge-reports=blobs --reporter=default --reporter=junit --outputFile.junit=.proofbook/junit.xml
${broker(environment)}
${keepEvidence('proofbook', '.proofbook/', 14)}
`

/**
 * The workflows of GitHub Actions: one for pull requests, one for each night, which spreads the run
 * over shards and merges them. Pure.
 *
 * @example
 * githubWorkflows({ shards: 4, environment: 'production' })['.github/workflows/nightly.yml']
 */
export const githubWorkflows = (options: WorkflowOptions): CiFiles => ({
  '.github/workflows/pull-request.yml': pullRequest,
  '.github/workflows/nightly.yml': nightly(options),
})
