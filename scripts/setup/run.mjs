import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { inRoot, pinnedNode, Refusal, root } from './place.mjs'

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP']
const exitCodeOf = (signal) => 128 + (constants.signals[signal] ?? 0)

/**
 * Runs a program and returns its exit code and, unless it speaks to the terminal itself, what it said. With `beside`
 * others speak at the same time: it is passed on as it comes, and the program draws no screen of its own. With `gives`
 * it takes less of a busy machine than what runs beside it.
 */
export function run(
  command,
  words,
  { env = process.env, quiet = false, beside = false, gives = false, shell = false, onStart } = {},
) {
  return new Promise((done, fail) => {
    const stdio = quiet || beside ? ['ignore', 'pipe', 'pipe'] : 'inherit'
    const child = spawn(command, words, { cwd: root, env, stdio, shell, windowsHide: true })
    if (child.pid) onStart?.(child.pid)
    if (child.pid && gives) yieldTo(child.pid)
    let asked
    const end = (signal) => {
      asked = signal
      child.kill(signal)
    }
    for (const signal of endings) process.on(signal, end)
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => {
        said += text
        if (beside) process.stdout.write(text)
      })
    child.on('error', fail)
    child.on('close', (code, signal) => {
      for (const name of endings) process.off(name, end)
      // The person wants everything to end, not only this step.
      if (asked) process.exit(code ?? exitCodeOf(asked))
      done({ code: code ?? exitCodeOf(signal), said })
    })
  })
}

// A system that knows no priorities runs all alike.
function yieldTo(pid) {
  try {
    setPriority(pid, 3)
  } catch {
    return
  }
}

/** Runs one of our files or tools on the pinned Node. */
export function runNode(words, options) {
  const node = pinnedNode()
  if (!node) throw noNode()
  return run(node, words, options)
}

/**
 * Runs the server on the pinned Node, in its own process group: a Ctrl-C in the terminal comes to us, and once
 * only to the server, which then finishes its requests and stops the database. Returns its exit code.
 * The open channel tells the server when we are gone, and we watch npm in turn, so no killed process of the
 * chain leaves the others behind.
 */
export function runServer(words) {
  const node = pinnedNode()
  if (!node) throw noNode()
  return new Promise((done, fail) => {
    const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
    // Compiled modules are kept, which halves the second start.
    const env = { NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'motcua'), ...process.env }
    const child = spawn(node, words, { cwd: root, env, stdio, detached: process.platform !== 'win32' })
    const pass = forwardOnce(child)
    for (const signal of endings) process.on(signal, () => pass(signal))
    const watch = setInterval(() => callerIsGone() && pass('SIGTERM'), 1000)
    child.on('error', fail)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      done(code ?? exitCodeOf(signal))
    })
  })
}

// npm and the terminal may both send the same Ctrl-C; a second one from the person comes later than that.
function forwardOnce(child) {
  let last = 0
  return (signal) => {
    const now = performance.now()
    if (last && now - last < 800) return
    last = now
    child.kill(signal)
  }
}

const callers = npmAndItsShell()
function callerIsGone() {
  return callers.some(({ pid, birth }) => statOf(pid)?.birth !== birth)
}

/** Is there a process of this number? */
export function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Tells a process from a later one with the same number. */
export function birthOf(pid) {
  return statOf(pid)?.birth ?? 'unknown'
}

// npm starts scripts through a shell, which outlives a killed npm; so we remember both.
function npmAndItsShell() {
  if (process.platform !== 'linux' || !process.env.npm_lifecycle_event) return []
  const parent = statOf(process.ppid)
  const above =
    parent && parent.name !== 'node' && !parent.name.startsWith('npm') ? statOf(parent.parent) : undefined
  return [parent, above].filter((process) => process && process.pid > 1)
}

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    const fields = text.slice(end + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    return { pid, name: text.slice(text.indexOf('(') + 1, end), parent: Number(fields[1]), birth: fields[19] }
  } catch {
    return undefined
  }
}

function noNode() {
  return new Refusal(
    `Không có Node 26 cho máy này (${process.platform}-${process.arch}): hãy cài Node 26 trở lên rồi chạy lại.`,
    `There is no pinned Node 26 for this machine (${process.platform}-${process.arch}): install Node 26 or newer and start again.`,
  )
}

/** A file of the repository, as an argument for Node. */
export const file = (...parts) => inRoot(...parts)
