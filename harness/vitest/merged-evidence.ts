import { access, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { evidenceFolder } from '../record/store.ts'
import type { CaseMeta } from './meta.ts'

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const lacking = async (root: string, cases: readonly CaseMeta[]): Promise<readonly string[]> => {
  const byShard = new Map<string, number>()
  for (const { evidence, shard } of cases) {
    if (evidence === undefined || (await exists(join(root, evidence)))) continue
    const whose = shard === undefined ? 'one of the runs' : `shard ${shard}`
    byShard.set(whose, (byShard.get(whose) ?? 0) + 1)
  }
  return [...byShard].map(
    ([whose, count]) =>
      `The evidence of ${counted(count, 'case')} of ${whose} is missing.\n` +
      `  expected: that shard's ${evidenceFolder}/ beside its blob: both are its result\n` +
      `  fix: keep ${dirname(evidenceFolder)}/ with the blob of ${whose}, and put it into this folder before merging`,
  )
}

const shardCount = (cases: readonly CaseMeta[]): number =>
  Math.max(0, ...cases.map(({ shard }) => Number(shard?.split('/')[1] ?? 0)))

/** A shard whose blob is not there ran nothing that anybody would miss: its cases are not known here. */
const lackingBlobs = async (
  folder: string,
  cases: readonly CaseMeta[],
): Promise<readonly string[]> => {
  const count = shardCount(cases)
  const blobs = (await readdir(folder).catch(() => [])).length
  if (blobs >= count) return []
  return [
    `Of ${counted(count, 'shard')} only ${counted(blobs, 'blob')} ${blobs === 1 ? 'is' : 'are'} there.\n` +
      `  expected: a blob of each shard in ${folder}\n` +
      '  fix: merge when all shards have ended, also those that failed',
  ]
}

/**
 * What a merge of shards lacks. Without this a merge would be green though nobody can look at what
 * was proved, or though a shard is missing altogether.
 *
 * `folder` is where the blobs lie.
 */
export const problemsOfMerge = async (
  root: string,
  folder: string,
  cases: readonly CaseMeta[],
): Promise<readonly string[]> => [
  ...(await lackingBlobs(folder, cases)),
  ...(await lacking(root, cases)),
]
