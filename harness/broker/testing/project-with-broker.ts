import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { makeProject, type CommandResult, type Project } from '../../testing/project.ts'
import { shop, shopContract } from '../../testing/shop.ts'
import { openBroker, type Broker } from '../client.ts'
import { brokerSettings } from '../settings.ts'

/** A shop with names of its own, so that tests share a broker and do not meet. */
export interface BrokeredShop extends Project {
  readonly consumer: string
  readonly provider: string
  /** The commit that the work tree is at. */
  readonly commit: string
  /** Runs `proofbook` with the broker in the environment. */
  command(
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<CommandResult>
  /** Runs git in the work tree. */
  git(...args: readonly string[]): string
  /** Commits all files and returns the commit. */
  commitAll(): string
  /** The contract of web and shop under the names of this project. */
  contract(parts?: Readonly<Record<string, unknown>>): string
}

/** The broker of the test run, for what a test must ask or prepare itself. */
export const testBroker = (): Broker => {
  const { url, username, password } = inject('realBroker')
  return openBroker(brokerSettings({ url, username, password }, {}, '.'))
}

/** Nothing of the CI that runs the tests may be taken for that of the project. */
const noCi = Object.fromEntries(
  ['GITHUB_ACTIONS', 'GITLAB_CI', 'JENKINS_URL', 'TF_BUILD', 'CIRCLECI', 'BUILDKITE', 'TRAVIS'].map(
    (name) => [name, ''],
  ),
)

/** Makes a shop in a work tree of git with one commit. Changes are given its provider's name. */
export const brokeredShop = async (
  changes: (names: {
    readonly consumer: string
    readonly provider: string
  }) => Readonly<Record<string, string | null>> = () => ({}),
): Promise<BrokeredShop> => {
  const key = randomUUID().slice(0, 8)
  const [consumer, provider] = [`web-${key}`, `shop-${key}`]
  const contract = (parts: Readonly<Record<string, unknown>> = {}): string =>
    shopContract({ consumer: { name: consumer }, provider: { name: provider }, ...parts })
  const files = shop()
  const config = (files['proofbook.config.ts'] ?? '').replace(
    'provider: {',
    `provider: { name: '${provider}',`,
  )
  const project = await makeProject({
    ...shop({
      'proofbook.config.ts': config,
      'contracts/web-shop.json': contract(),
      '.gitignore': 'node_modules\n.proofbook\n',
      ...changes({ consumer, provider }),
    }),
  })
  const git = (...args: readonly string[]): string => {
    const who = ['-c', 'user.email=tester@example.com', '-c', 'user.name=Tester']
    const { stdout, stderr, status } = spawnSync('git', [...who, ...args], {
      cwd: project.path,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout.trim()
  }
  const commitAll = (): string => {
    git('add', '--all')
    git('commit', '--quiet', '--message', 'a commit')
    return git('rev-parse', 'HEAD')
  }
  git('init', '--quiet', '--initial-branch', 'main')
  const commit = commitAll()
  const { url, username, password } = inject('realBroker')
  const variables = {
    ...noCi,
    PACT_BROKER_BASE_URL: url,
    PACT_BROKER_USERNAME: username,
    PACT_BROKER_PASSWORD: password,
  }
  return {
    ...project,
    consumer,
    provider,
    commit,
    contract,
    git,
    commitAll,
    command: (args, environment = {}) => project.proofbook(args, { ...variables, ...environment }),
  }
}
