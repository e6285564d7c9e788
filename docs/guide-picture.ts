/**
 * Makes docs/guide.png: the reference guide up to the end of its first scenario, as a code host shows it.
 * It needs a Chromium on this machine, named by CHROMIUM or called `chromium`, and pngquant, which makes
 * a third of its size of it:
 *
 *     node docs/guide-picture.ts
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const run = promisify(execFile)
const width = 880
const style = `
body { margin: 0; padding: 24px 32px; background: #fff; color: #1f2328; font: 15px/1.45 'Liberation Sans', Arial, sans-serif }
h1, h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: 5px }
h1 { font-size: 27px; margin: 14px 0 }
h2 { font-size: 22px; margin: 20px 0 12px }
h3 { font-size: 18px; margin: 18px 0 10px }
h4 { font-size: 15px; margin: 16px 0 8px }
p, ul, ol, pre, table { margin: 0 0 10px }
ul, ol { padding-left: 26px }
a { color: #0969da; text-decoration: none }
code { background: #eff1f3; border-radius: 5px; padding: 1px 5px; font: 12.5px 'DejaVu Sans Mono', monospace }
pre { background: #f6f8fa; border-radius: 6px; padding: 10px 14px }
pre code { background: none; padding: 0; line-height: 1.4 }
table { border-collapse: collapse }
th, td { border: 1px solid #d1d9e0; padding: 4px 11px; text-align: left }
`

const page = await readFile(new URL('../guides/orders-and-payments.md', import.meta.url), 'utf8')
const [, front = '', body = ''] = /^---\n(.*?)\n---\n(.*?)(?=^### Scenario 2)/ms.exec(page) ?? []
const fields = front.split('\n').map((line) => line.split(': '))
const row = (index: 0 | 1): string => `| ${fields.map((field) => field[index]).join(' | ')} |`
const markdown = `${row(0)}\n|${fields.map(() => '---').join('|')}|\n${row(1)}\n${body}`
const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })

const folder = await mkdtemp(join(tmpdir(), 'guide-picture-'))
const file = join(folder, 'guide.html')
await writeFile(
  file,
  `<!doctype html><meta charset="utf-8"><style>${style}</style>${html}<script>document.body.dataset.height = document.documentElement.scrollHeight</script>`,
)
const browse = async (...options: readonly string[]): Promise<string> => {
  const common = ['--headless', '--no-sandbox', '--hide-scrollbars', '--disable-lcd-text']
  const program = process.env['CHROMIUM'] ?? 'chromium'
  const args = [...common, `--user-data-dir=${folder}`, ...options, pathToFileURL(file).href]
  return (await run(program, args, { maxBuffer: 2 ** 24 })).stdout
}
// As low as can be, so that it is the text that says how high it is.
const dom = await browse('--dump-dom', `--window-size=${width},100`)
const height = Number(/data-height="(\d+)"/.exec(dom)?.[1])
const picture = fileURLToPath(new URL('guide.png', import.meta.url))
await browse(`--screenshot=${picture}`, `--window-size=${width},${height}`)
await run('pngquant', [
  '--nofs',
  '--speed',
  '1',
  '--strip',
  '--force',
  '-o',
  picture,
  '24',
  picture,
])
await rm(folder, { recursive: true })
