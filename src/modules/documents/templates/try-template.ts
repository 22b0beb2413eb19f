import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Outcome, Refusal } from '../../../kernel/errors.ts'
import { forbiddenWord } from './forbidden-words.ts'
import { librarySources } from './library.ts'
import { templateRefusals as refusals, type TemplateProblem } from './refusals.ts'
import { Seats } from './seats.ts'
import { longestTypst } from './template-draft.ts'
import { begunMark, type TryJob, type TryReply } from './try-job.ts'

export interface TryOptions {
  want?: 'svg' | 'pdf'
  /** Milliseconds that the template may take. */
  limitMs?: number
  megabytes?: number
  /** Seconds since 1970, for the dates in the file. */
  createdAt?: number
  /** Of the file: `a-2a` unless stated. */
  standard?: string
  /** Whose turn it is; those of templates under edit unless stated. */
  seats?: Seats
}

/** A template that could be laid out, as one picture of all pages or as a file. */
export interface Tried {
  pages: number
  svg?: string
  pdf?: Uint8Array
  /** Of a file: what the layout leaves open, as it states it. */
  open?: unknown[]
}

const fiveSeconds = 5_000
/** Until the process must have begun. */
const startMs = 30_000
/** Typst needs some 150 MB for a paper of ten pages, most of it fonts and the process itself. */
const enoughMegabytes = 600
const mostPages = 40
const mostAnswer = 24_000_000

/**
 * Lays out a template under edit in a process that may be killed: with an empty folder, without network, within
 * five seconds and 600 MB. Refuses by name a template that is too large or too long, that reads files, imports, has
 * no end, eats memory, or cannot be laid out (with lines); `documents.template-busy` when many are being tried.
 */
export async function tryTemplate(
  { source, data }: { source: string; data: object },
  options: TryOptions = {},
): Promise<Outcome<Tried>> {
  if (source.length > longestTypst) return refusals.tooLarge({ length: source.length, longest: longestTypst })
  const word = forbiddenWord(source)
  if (word) return refusals.imports(word)
  const leave = await (options.seats ?? tryingOut).take()
  if (leave === undefined) return refusals.busy()
  const root = mkdtempSync(join(tmpdir(), `motcua-template-${process.pid}-`))
  try {
    return await tryIn(root, source, JSON.stringify(data), options)
  } finally {
    rmSync(root, { recursive: true, force: true })
    leave()
  }
}

async function tryIn(
  root: string,
  source: string,
  data: string,
  options: TryOptions,
): Promise<Outcome<Tried>> {
  const { want = 'svg', limitMs = fiveSeconds, megabytes = enoughMegabytes, createdAt = 0 } = options
  const { standard = 'a-2a' } = options
  const job: TryJob = {
    ...{ root, library: librarySources(), source, data, want, standard },
    ...{ createdAt, megabytes, mostPages },
  }
  const ended = await runChild(job, limitMs)
  if (ended.how === 'late') return refusals.endless({ line: null, message: '', seconds: limitMs / 1000 })
  if (ended.how === 'died') return refusals.tooHungry({ megabytes })
  return toOutcome(JSON.parse(ended.answer) as TryReply, root, limitMs)
}

function toOutcome(reply: TryReply, root: string, limitMs: number): Outcome<Tried> {
  if ('problems' in reply) return named(reply.problems, root, limitMs)
  if ('tooManyPages' in reply) return refusals.tooLong({ pages: reply.tooManyPages, most: mostPages })
  if ('svg' in reply) return { pages: reply.pages, svg: reply.svg }
  return { pages: reply.pages, pdf: new Uint8Array(Buffer.from(reply.pdf, 'base64')), open: reply.open }
}

const causes: [RegExp, (problem: TemplateProblem, limitMs: number) => Refusal][] = [
  [/download package|package not found|package manifest/, (problem) => refusals.imports(problem)],
  [
    /file not found|access denied|failed to load file|is a directory/,
    (problem) => refusals.readsFiles(problem),
  ],
  [
    /seems to be infinite|condition is always true|maximum (function call|layout|show rule|grouping) depth/,
    (problem, limitMs) => refusals.endless({ ...problem, seconds: limitMs / 1000 }),
  ],
]

function named(
  problems: { line: number | null; message: string; path: string }[],
  root: string,
  limitMs: number,
) {
  const told = problems.slice(0, 20).map(({ line, message, path }) => ({
    line: basename(path) === 'main.typ' ? line : null,
    // Who edits need not know where the installation keeps its files.
    message: message.replaceAll(root, '').slice(0, 500),
  }))
  for (const [words, refuse] of causes) {
    const found = told.find(({ message }) => words.test(message))
    if (found) return refuse(found, limitMs)
  }
  return refusals.broken({ problems: told })
}

type Ended = { how: 'answered'; answer: string } | { how: 'late' } | { how: 'died' }

/** Runs one job in a process of its own, and sees to it that the process ends. Throws when it could not begin. */
function runChild(job: TryJob, limitMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { command, args } = limited([join(import.meta.dirname, 'try-child.ts')], job.megabytes)
    const child = spawn(command, args, {
      cwd: job.root,
      env: poorEnvironment(job.root),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    let late = false
    const parts: Buffer[] = []
    let size = 0
    const giveUp = () => {
      late = true
      child.kill('SIGKILL')
    }
    // The start of the process is not the template's: on a busy machine it may take longer than any template.
    let clock = setTimeout(() => child.kill('SIGKILL'), startMs)
    child.stdout.on('data', (part: Buffer) => {
      if (parts.length === 0) {
        clearTimeout(clock)
        clock = setTimeout(giveUp, limitMs)
      }
      size += part.length
      if (size > mostAnswer) child.kill('SIGKILL')
      else parts.push(part)
    })
    child.on('error', reject)
    // A process that died early does not read its job.
    child.stdin.on('error', () => undefined)
    child.on('close', (code, signal) => {
      clearTimeout(clock)
      const [begun, answer] = [
        parts.length > 0,
        Buffer.concat(parts).toString('utf8').slice(begunMark.length),
      ]
      if (late) resolve({ how: 'late' })
      else if (code === 0) resolve({ how: 'answered', answer })
      else if (begun && (signal !== null || code! > 127)) resolve({ how: 'died' })
      else reject(new Error(`a template could not be tried: the process ended with ${code ?? signal}`))
    })
    child.stdin.end(JSON.stringify(job))
  })
}

/** What V8 takes for its two threads without using it; the limit has to leave room for it. */
const ofNodeMegabytes = 1_400

/** Node under a limit of data where there is one to set; everywhere the child watches what it holds. */
function limited(args: string[], megabytes: number): { command: string; args: string[] } {
  const all = ['--max-old-space-size=128', '--no-warnings', ...args]
  if (process.platform !== 'linux') return { command: process.execPath, args: all }
  const limit = `ulimit -d ${(megabytes + ofNodeMegabytes) * 1024} 2>/dev/null; exec "$0" "$@"`
  return { command: '/bin/sh', args: ['-c', limit, process.execPath, ...all] }
}

/** Nothing of ours is in it, and a proxy that is not there: the compiler would fetch packages by itself. */
const poorEnvironment = (root: string): NodeJS.ProcessEnv => ({
  HOME: root,
  XDG_CACHE_HOME: root,
  XDG_DATA_HOME: root,
  TMPDIR: root,
  ALL_PROXY: 'http://127.0.0.1:9',
  HTTP_PROXY: 'http://127.0.0.1:9',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  https_proxy: 'http://127.0.0.1:9',
})

/** Two templates at a time, some may wait: trying them out must not slow down a counter. */
const tryingOut = new Seats(2, 16)
