import { startOwner } from '../../harness/testbed/owner/owner.ts'
import { configFor } from './project.ts'

/*
 * The owner in a process of its own, as it is in a run: `node owner.ts ROOT`. Prints its address and
 * ends when standard input does.
 */
const [root = ''] = process.argv.slice(2)
const owner = await startOwner({ root, config: configFor() })
console.log(JSON.stringify(owner.address))
process.stdin.resume()
process.stdin.once('end', () => {
  void owner.close().then(() => {
    for (const notice of owner.notices) console.error(notice)
    return process.exit(0)
  })
})
