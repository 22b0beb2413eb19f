// Resumable uploads: how fast content arrives and is kept, against writing the same bytes to the same disk and syncing
// them; and how much memory the server needs while many large uploads arrive at once. The server is a process of its
// own; uploads come over HTTP in parts, as browsers send them. The last line is one JSON object.
import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import http from 'node:http'
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
const rounds = 6
const piece = randomBytes(megabyte)
const head = (no: number) => Buffer.from(`%PDF-1.7\n%${no}.${performance.now()}\n1 0 obj <<>> endobj\n`)
const empty = Buffer.alloc(0)
// A connection for each part: one that the server closes for idleness just then would end the measurement.
const agent = new http.Agent()
const tail = Buffer.from('\nstartxref\n0\n%%EOF\n')

const folder = mkdtempSync(join(process.env.BENCH_FOLDER ?? tmpdir(), 'motcua-bench-'))
const database = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') })
try {
  await migrate(database.url)
  const server = await startServer(database.url)
  await upload(server.base, 0, 8)
  // Raw writes and uploads in turns, so that a busy machine slows both alike.
  const raw = { seconds: 0, cpu: 0 }
  const sent = { seconds: 0, cpu: 0 }
  for (let i = 0; i < rounds; i++) {
    const rawCpu = process.cpuUsage()
    raw.seconds += await rawWrites(1)
    const { user, system } = process.cpuUsage(rawCpu)
    raw.cpu += (user + system) / 1e6
    const { cpu } = await server.memory()
    sent.seconds += await timed(() => upload(server.base, 1000 + i, megabytes))
    sent.cpu += (await server.memory()).cpu - cpu
  }
  const rest = await settled(server)
  server.forget()
  await several(server.base, many, 1000)
  const { peak } = await server.memory()
  const all = rounds * megabytes
  const [rawMbPerSecond, mbPerSecond] = [all / raw.seconds, all / sent.seconds]
  process.stdout.write(
    `${JSON.stringify({
      ...{ bench: 'uploads', sealed: options.sealed, megabytes, many },
      ...{ rawMbPerSecond: round(rawMbPerSecond), mbPerSecond: round(mbPerSecond) },
      ratioToRaw: round(mbPerSecond / rawMbPerSecond, 2),
      // What a machine that others use as well cannot blur: seconds of a processor for a gigabyte.
      cpuSecondsPerGb: round(sent.cpu / (all / 1000), 2),
      rawCpuSecondsPerGb: round(raw.cpu / (all / 1000), 2),
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
    const length = Math.min(partSize, total - at)
    const told = { 'upload-offset': String(at), 'content-type': 'application/offset+octet-stream' }
    const request = http.request(place, {
      ...{ method: 'PATCH', agent },
      headers: { ...protocol, ...told, 'content-length': length },
    })
    const answered = once(request, 'response') as Promise<[http.IncomingMessage]>
    // The same bytes in memory each time: the one who sends must not be what is measured.
    const [first, last] = [at === 0 ? head(no) : empty, at + length === total ? tail : empty]
    request.write(first)
    let left = length - first.length - last.length
    for (; left > 0; left -= piece.length) request.write(piece.subarray(0, left))
    request.end(last)
    const [answer] = await answered
    answer.resume()
    if (answer.statusCode !== 204) throw new Error(`${answer.statusCode} at ${at}`)
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
      return (await answer) as { now: number; peak: number; cpu: number }
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
