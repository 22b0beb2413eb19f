// Resumable uploads: how fast content arrives and is kept, against writing the same bytes to the same disk and syncing
// them; and how much memory the server needs while many large uploads arrive at once. The server is a process of its
// own; uploads come over HTTP in parts, as browsers send them. The last line is one JSON object.
import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../src/kernel/migrate.ts'
import { startEmbeddedPostgres } from '../src/kernel/postgres/supervisor.ts'

const { values: options } = parseArgs({
  options: {
    many: { type: 'string', default: '50' },
    megabytes: { type: 'string', default: '100' },
    sealed: { type: 'boolean', default: false },
  },
})
const [many, megabytes] = [Number(options.many), Number(options.megabytes)]
const megabyte = 1024 * 1024
const partSize = 4 * megabyte
const piece = randomBytes(megabyte)
const head = (no: number) => Buffer.from(`%PDF-1.7\n%${no}.${performance.now()}\n1 0 obj <<>> endobj\n`)
const tail = Buffer.from('\nstartxref\n0\n%%EOF\n')

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const database = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(database.url)
  const server = await startServer(database.url)
  await upload(server.base, 0, 8)
  const raw = await rawWrites(4)
  const one = await timed(() => several(server.base, 4, 1))
  const rest = await settled(server)
  server.forget()
  await several(server.base, many, 1000)
  const { peak } = await server.memory()
  const [rawMbPerSecond, mbPerSecond] = [(4 * megabytes) / raw, (4 * megabytes) / one]
  process.stdout.write(
    `${JSON.stringify({
      ...{ bench: 'uploads', sealed: options.sealed, megabytes, many },
      ...{ rawMbPerSecond: round(rawMbPerSecond), mbPerSecond: round(mbPerSecond) },
      ratioToRaw: round(mbPerSecond / rawMbPerSecond, 2),
      ...{ idleMb: round(rest), peakMb: round(peak), aboveIdleMb: round(peak - rest) },
    })}\n`,
  )
  await server.stop()
} finally {
  await database.stop()
  rmSync(folder, { recursive: true, force: true })
}

/** Seconds to write so many files of this size and sync them, hashing on the way as every store of content must. */
async function rawWrites(count: number): Promise<number> {
  return timed(async () => {
    for (let i = 0; i < count; i++) {
      const file = await open(join(folder, `raw-${i}`), 'w')
      const hash = createHash('sha256')
      for (let at = 0; at < megabytes; at++) {
        hash.update(piece)
        await file.writeFile(piece)
      }
      await file.sync()
      await file.close()
      rmSync(join(folder, `raw-${i}`))
    }
  })
}

/** So many uploads, at most so many at once, each of other content. */
async function several(base: string, count: number, atOnce: number): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < count) await upload(base, ++next, megabytes)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane))
}

async function upload(base: string, no: number, size: number): Promise<void> {
  const total = size * megabyte
  const protocol = { 'tus-resumable': '1.0.0' }
  const named = { 'upload-length': String(total), 'upload-metadata': `filename ${btoa('a.pdf')}` }
  const begun = await fetch(base, { method: 'POST', headers: { ...protocol, ...named } })
  const place = new URL(begun.headers.get('location')!, base)
  for (let at = 0; at < total; at += partSize) {
    const body = Buffer.alloc(Math.min(partSize, total - at))
    for (let i = 0; i < body.length; i += piece.length) piece.copy(body, i)
    if (at === 0) head(no).copy(body)
    if (at + body.length === total) tail.copy(body, body.length - tail.length)
    const told = { 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' }
    const answer = await fetch(place, { method: 'PATCH', headers: { ...protocol, ...told }, body })
    if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`)
  }
}

async function startServer(databaseUrl: string) {
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir)
  const settings = { databaseUrl, dataDir, sealed: options.sealed }
  const child = fork(join(import.meta.dirname, 'load/upload-server.ts'), [JSON.stringify(settings)])
  const told = (type: string) =>
    new Promise<Record<string, number>>((resolve) => {
      const listen = (message: unknown) => {
        const said = message as Record<string, number> & { type: string }
        if (said.type !== type) return
        child.off('message', listen)
        resolve(said)
      }
      child.on('message', listen)
    })
  const { port } = await told('ready')
  return {
    base: `http://127.0.0.1:${port}/files/tus`,
    memory: async () => {
      const answer = told('memory')
      child.send('memory')
      return (await answer) as { now: number; peak: number }
    },
    forget: () => child.send('forget'),
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await ended
    },
  }
}

/** Megabytes of the server at rest. */
async function settled(server: Awaited<ReturnType<typeof startServer>>): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 3000))
  return (await server.memory()).now
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

function round(value: number, digits = 0): number {
  return Math.round(value * 10 ** digits) / 10 ** digits
}
