import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inRoot, pinnedNode, Refusal } from './place.mjs'
import { birthOf, isAlive, run } from './run.mjs'
import { step } from './steps.mjs'

const stampFile = inRoot('node_modules', '.motcua-install')
const hiddenLock = inRoot('node_modules', '.package-lock.json')

/** Installs from the lockfile when it is missing, older than the lockfile, or was left half-done. */
export async function ensureInstalled(out = process.stdout) {
  const wanted = stampNow()
  if (readText(stampFile) === wanted && pinnedNode()) return
  await otherInstall(out)
  if (isComplete()) return tryWrite(stampFile, stampNow())
  out.write('       Đang cài thư viện, có thể mất vài phút · Installing packages, this may take minutes\n')
  await step('Đã cài thư viện', 'Packages installed', install, out)
  writeFileSync(stampFile, stampNow())
}

async function install() {
  rmSync(stampFile, { force: true })
  let result = await npm(['ci'], process.env)
  for (const { when, words, env } of repairs) {
    if (result.code === 0) return
    if (when.test(result.said)) result = await npm(words, { ...process.env, ...env() })
  }
  if (result.code === 0) return
  throw new Refusal(
    'Không cài được thư viện: hãy kiểm tra mạng, dung lượng đĩa và quyền ghi rồi chạy lại.',
    'The packages could not be installed: check the network, disk space and write permission, then start again.',
    result.said.trim().split('\n').slice(0, 20).join('\n'),
  )
}

const repairs = [
  // A home folder that does not exist or belongs to somebody else: npm gets another place for its cache.
  { when: /EACCES|EPERM|EROFS|ENOENT/, words: ['ci'], env: () => ({ npm_config_cache: ownCache() }) },
  // A registry that serves only some platforms makes `npm ci` doubt the lockfile; this obeys it all the same.
  { when: /EUSAGE/, words: ['install', '--no-save'], env: () => ({}) },
]

// Said in full, because NODE_ENV=production or a person's npm settings would leave half of it out.
const settings =
  '--ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error'.split(' ')

function npm(words, env) {
  const cli = npmCli(env)
  const all = [...words, ...settings]
  const options = { env, quiet: true, onStart: rememberInstall }
  if (cli) return run(process.execPath, [cli, ...all], options)
  return run('npm', all, { ...options, shell: process.platform === 'win32' })
}

const installerFile = inRoot('.data', 'installer')

function rememberInstall(pid) {
  tryWrite(installerFile, `${pid} ${birthOf(pid)}`)
}

// Notes to ourselves that save work; somebody else's folder is no reason to stop.
function tryWrite(path, text) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error
  }
}

/** Two installs in one folder ruin each other: waits for npm at work in another terminal or left by a killed start. */
async function otherInstall(out) {
  const [pid, birth] = (readText(installerFile) ?? '').split(' ')
  const isAtWork = () => pid && isAlive(Number(pid)) && birthOf(Number(pid)) === birth
  if (!isAtWork()) return
  out.write('       Đang chờ lần cài khác xong · Waiting for another installation to finish\n')
  const end = performance.now() + 10 * 60 * 1000
  while (isAtWork() && performance.now() < end) await new Promise((done) => setTimeout(done, 200))
}

function npmCli(env) {
  const running = env.npm_execpath
  if (running && basename(running).startsWith('npm-cli') && existsSync(running)) return running
  const beside = [
    join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  return beside.find((path) => existsSync(path))
}

function ownCache() {
  const folder = inRoot('.data', 'npm-cache')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Changes with the lockfile, with what npm last put in place, and with the machine (a folder shared by two). */
function stampNow() {
  const hash = createHash('sha256')
  for (const path of [inRoot('package-lock.json'), inRoot('package.json'), hiddenLock])
    hash.update(readText(path) ?? '-')
  return `${hash.digest('hex')} ${process.platform}-${process.arch}\n`
}

// Somebody ran npm themselves: nothing to do if every package of the lockfile is there in its version.
function isComplete() {
  const installed = readJson(hiddenLock)?.packages
  if (!installed || !pinnedNode()) return false
  const wanted = Object.entries(readJson(inRoot('package-lock.json')).packages)
  return wanted.every(([path, entry]) => {
    if (path === '' || (entry.optional && !installed[path])) return true
    return (
      installed[path]?.version === entry.version &&
      readJson(inRoot(path, 'package.json'))?.version === entry.version
    )
  })
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
