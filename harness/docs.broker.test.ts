import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { linkOf } from './broker/hal.ts'
import { brokeredShop, testBroker } from './broker/testing/project-with-broker.ts'
import { fencesOf, readPage } from './testing/pages.ts'

test('the commands of docs/broker.md do what they say, in their order', async () => {
  const page = await readPage('docs/broker.md')
  const lines = fencesOf(page, 'sh')
    .flatMap((fence) => fence.trim().split('\n'))
    .filter((line) => line.includes('npx proofbook'))
  expect(lines.length).toBeGreaterThan(8)
  await using broker = testBroker()
  const environments = linkOf(await broker.index(), 'pb:environments')
  await broker.send('POST', environments, { name: 'production', production: true }).catch(() => {})
  await using shop = await brokeredShop(() => ({ 'specs/shop.yaml': null }))
  const config = await readFile(join(shop.path, 'proofbook.config.ts'), 'utf8')
  await shop.write('proofbook.config.ts', config.replace("spec: 'specs/shop.yaml',", ''))
  await shop.write('contracts/web-orders-api.json', shop.contract())
  shop.git('rm', '--quiet', 'contracts/web-shop.json')
  shop.commitAll()
  for (const line of lines) {
    const own = line
      .replaceAll('https://broker.example.com', inject('realBroker').url)
      .replaceAll('orders-api/consumer/web/', `${shop.provider}/consumer/${shop.consumer}/`)
      .replaceAll(/(?<=--pacticipant )orders-api/g, shop.provider)
    const [before = '', after = ''] = own.split('npx proofbook ')
    const environment = Object.fromEntries(
      before
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map((one) => one.split('=')),
    )
    const { status, output } = await shop.command(after.split(' '), environment)
    expect(`${line}: ${status}\n${status === 0 ? '' : output}`).toBe(`${line}: 0\n`)
  }
})
