import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { gitState } from './git.ts'
import { revisionLines, revisionOf } from './revision.ts'

const git = { commit: 'c0ffee', branch: 'main', changed: false }

describe('what something is published under', () => {
  test.each<[string, Record<string, string>, readonly (string | undefined)[]]>([
    ['git', {}, ['c0ffee (git HEAD)', 'main (git HEAD)', undefined]],
    [
      'GitHub, on a branch',
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: 'abc',
        GITHUB_HEAD_REF: '',
        GITHUB_REF_NAME: 'dev',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'a/b',
        GITHUB_RUN_ID: '7',
      },
      [
        'abc (GITHUB_SHA)',
        'dev (GITHUB_REF_NAME)',
        'https://github.com/a/b/actions/runs/7 (GITHUB_RUN_ID)',
      ],
    ],
    [
      'GitHub, of a pull request: its own branch',
      {
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: 'abc',
        GITHUB_HEAD_REF: 'fix',
        GITHUB_REF_NAME: '5/merge',
      },
      ['abc (GITHUB_SHA)', 'fix (GITHUB_HEAD_REF)', undefined],
    ],
    [
      'GitLab',
      {
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: 'abc',
        CI_COMMIT_BRANCH: 'dev',
        CI_JOB_URL: 'https://gitlab.example.com/1',
      },
      [
        'abc (CI_COMMIT_SHA)',
        'dev (CI_COMMIT_BRANCH)',
        'https://gitlab.example.com/1 (CI_JOB_URL)',
      ],
    ],
    [
      'Jenkins',
      { JENKINS_URL: 'x', GIT_COMMIT: 'abc', BRANCH_NAME: 'dev', BUILD_URL: 'https://j/1' },
      ['abc (GIT_COMMIT)', 'dev (BRANCH_NAME)', 'https://j/1 (BUILD_URL)'],
    ],
    [
      'Azure',
      {
        TF_BUILD: 'True',
        BUILD_SOURCEVERSION: 'abc',
        BUILD_SOURCEBRANCH: 'refs/heads/dev',
        SYSTEM_TEAMFOUNDATIONSERVERURI: 'https://dev.azure.com/o/',
        SYSTEM_TEAMPROJECT: 'my project',
        BUILD_BUILDID: '7',
      },
      [
        'abc (BUILD_SOURCEVERSION)',
        'dev (BUILD_SOURCEBRANCH)',
        'https://dev.azure.com/o/my%20project/_build/results?buildId=7 (BUILD_BUILDID)',
      ],
    ],
    [
      'CircleCI',
      {
        CIRCLECI: 'true',
        CIRCLE_SHA1: 'abc',
        CIRCLE_BRANCH: 'dev',
        CIRCLE_BUILD_URL: 'https://c/1',
      },
      ['abc (CIRCLE_SHA1)', 'dev (CIRCLE_BRANCH)', 'https://c/1 (CIRCLE_BUILD_URL)'],
    ],
    [
      'Buildkite',
      {
        BUILDKITE: 'true',
        BUILDKITE_COMMIT: 'abc',
        BUILDKITE_BRANCH: 'dev',
        BUILDKITE_BUILD_URL: 'https://k/1',
      },
      ['abc (BUILDKITE_COMMIT)', 'dev (BUILDKITE_BRANCH)', 'https://k/1 (BUILDKITE_BUILD_URL)'],
    ],
    [
      'Bitbucket',
      {
        BITBUCKET_BUILD_NUMBER: '7',
        BITBUCKET_COMMIT: 'abc',
        BITBUCKET_BRANCH: 'dev',
        BITBUCKET_GIT_HTTP_ORIGIN: 'https://bitbucket.org/a/b',
      },
      [
        'abc (BITBUCKET_COMMIT)',
        'dev (BITBUCKET_BRANCH)',
        'https://bitbucket.org/a/b/addon/pipelines/home#!/results/7 (BITBUCKET_BUILD_NUMBER)',
      ],
    ],
    [
      'Travis',
      {
        TRAVIS: 'true',
        TRAVIS_COMMIT: 'abc',
        TRAVIS_BRANCH: 'dev',
        TRAVIS_BUILD_WEB_URL: 'https://t/1',
      },
      ['abc (TRAVIS_COMMIT)', 'dev (TRAVIS_BRANCH)', 'https://t/1 (TRAVIS_BUILD_WEB_URL)'],
    ],
  ])('comes from %s', (_, environment, expected) => {
    const { version, branch, build } = revisionOf({}, environment, git)
    const said = [version, branch, build].map((one) => one && `${one.value} (${one.from})`)
    expect(said).toEqual(expected)
  })

  test('comes from flags before all else', () => {
    const flags = { version: '1', branch: 'b', buildUrl: 'https://x' }
    expect(
      revisionLines(revisionOf(flags, { GITHUB_ACTIONS: '1', GITHUB_SHA: 'abc' }, git)),
    ).toEqual([
      'version   1  (--version)',
      'branch    b  (--branch)',
      'build     https://x  (--build-url)',
    ])
  })

  test('is said where it is not what the work tree holds, or no branch is known', () => {
    const lines = revisionLines(revisionOf({}, {}, { commit: 'c0ffee', changed: true }))
    expect(lines).toEqual([
      'version   c0ffee  (git HEAD; the work tree has changes that it does not have)',
      'branch    none: HEAD is on no branch, and no CI names one  (--branch NAME)',
    ])
  })

  test('is asked for where nobody knows it', async () => {
    await using folder = await temporaryFolder()
    const nothing = await gitState(folder.path)
    expect(nothing).toEqual({ changed: false })
    expect(() => revisionOf({}, {}, nothing)).toThrow(
      "nobody says which version this is\n  expected: --version, a variable of the CI's, or a commit of git\n  fix: --version VERSION",
    )
  })
})
