import type { Environment } from './settings.ts'

/** Where a CI says what it builds: names of variables, the first that is set counts. */
interface CiSystem {
  readonly name: string
  /** The variable by which it is known. */
  readonly sign: string
  readonly version: readonly string[]
  readonly branch: readonly string[]
  readonly build: (environment: Environment) => string | undefined
  /** The variables from which `build` is made, to be named. */
  readonly buildFrom: string
}

const single =
  (name: string) =>
  (environment: Environment): string | undefined =>
    environment[name]

/** A pull request's own branch stands before the one that it is merged into. */
export const ciSystems: readonly CiSystem[] = [
  {
    name: 'GitHub Actions',
    sign: 'GITHUB_ACTIONS',
    version: ['GITHUB_SHA'],
    branch: ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME'],
    build: ({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }) =>
      server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
    buildFrom: 'GITHUB_RUN_ID',
  },
  {
    name: 'GitLab CI',
    sign: 'GITLAB_CI',
    version: ['CI_COMMIT_SHA'],
    branch: ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_BRANCH', 'CI_COMMIT_REF_NAME'],
    build: single('CI_JOB_URL'),
    buildFrom: 'CI_JOB_URL',
  },
  {
    name: 'Jenkins',
    sign: 'JENKINS_URL',
    version: ['GIT_COMMIT'],
    branch: ['CHANGE_BRANCH', 'BRANCH_NAME', 'GIT_LOCAL_BRANCH'],
    build: single('BUILD_URL'),
    buildFrom: 'BUILD_URL',
  },
  {
    name: 'Azure Pipelines',
    sign: 'TF_BUILD',
    version: ['BUILD_SOURCEVERSION'],
    branch: ['SYSTEM_PULLREQUEST_SOURCEBRANCH', 'BUILD_SOURCEBRANCH'],
    build: ({
      SYSTEM_TEAMFOUNDATIONSERVERURI: server,
      SYSTEM_TEAMPROJECT: project,
      BUILD_BUILDID: id,
    }) =>
      server && project && id
        ? `${server}${encodeURIComponent(project)}/_build/results?buildId=${id}`
        : undefined,
    buildFrom: 'BUILD_BUILDID',
  },
  {
    name: 'CircleCI',
    sign: 'CIRCLECI',
    version: ['CIRCLE_SHA1'],
    branch: ['CIRCLE_BRANCH'],
    build: single('CIRCLE_BUILD_URL'),
    buildFrom: 'CIRCLE_BUILD_URL',
  },
  {
    name: 'Buildkite',
    sign: 'BUILDKITE',
    version: ['BUILDKITE_COMMIT'],
    branch: ['BUILDKITE_BRANCH'],
    build: single('BUILDKITE_BUILD_URL'),
    buildFrom: 'BUILDKITE_BUILD_URL',
  },
  {
    name: 'Bitbucket Pipelines',
    sign: 'BITBUCKET_BUILD_NUMBER',
    version: ['BITBUCKET_COMMIT'],
    branch: ['BITBUCKET_BRANCH'],
    build: ({ BITBUCKET_GIT_HTTP_ORIGIN: origin, BITBUCKET_BUILD_NUMBER: number }) =>
      origin && number ? `${origin}/addon/pipelines/home#!/results/${number}` : undefined,
    buildFrom: 'BITBUCKET_BUILD_NUMBER',
  },
  {
    name: 'Travis CI',
    sign: 'TRAVIS',
    version: ['TRAVIS_COMMIT'],
    branch: ['TRAVIS_PULL_REQUEST_BRANCH', 'TRAVIS_BRANCH'],
    build: single('TRAVIS_BUILD_WEB_URL'),
    buildFrom: 'TRAVIS_BUILD_WEB_URL',
  },
]
