import type { IncomingMessage, RequestListener } from 'node:http'
import { judgeInteraction } from '../judge/judge.ts'
import type { ReplayOptions } from '../replay/options.ts'
import { replayInteraction } from '../replay/replay.ts'
import { caseOf } from './contract-text.ts'
import type { InProcessWorld } from './in-process-world.ts'

/** A provider that answers 200 to everything and keeps what it was asked. */
export const listening = (answerBody = '') => {
  const asked: IncomingMessage[] = []
  const provider: RequestListener = (request, response) => {
    request.resume().once('end', () => {
      asked.push(request)
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(answerBody)
    })
  }
  return { asked, provider }
}

/** A provider that sends every body back, of the type it came in. */
export const echoing = () => {
  const asked: Buffer[] = []
  const provider: RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .once('end', () => {
        const sent = Buffer.concat(chunks)
        asked.push(sent)
        response
          .writeHead(200, { 'Content-Type': request.headers['content-type'] ?? 'text/plain' })
          .end(sent)
      })
  }
  return { asked, provider }
}

/** Replays and judges the first interaction of a contract's text. */
export const run = async (text: string, world: InProcessWorld, options: ReplayOptions = {}) => {
  const testCase = caseOf(text)
  const seen = await replayInteraction(testCase, world, options)
  return { ...judgeInteraction(testCase, seen), seen }
}
