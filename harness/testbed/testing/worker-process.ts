import { connectOwner, leaseTestbed } from '../lease.ts'
import type { OwnerAddress } from '../owner/protocol.ts'

/*
 * A worker in a process of its own, for a test of one that is killed: it holds two testbeds, waits
 * for a third, and tells its parent when it has come so far.
 */
const client = await connectOwner(JSON.parse(process.argv[2] ?? '') as OwnerAddress)
const lease = (caseId: string) => leaseTestbed(client, { integration: 'plain', caseId })
await Promise.all([lease('a'), lease('b')])
const waiting = lease('c')
process.send?.('ready')
await waiting
