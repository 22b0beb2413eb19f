import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { inRoot, pinnedNode, Refusal } from './place.mjs'
import { run } from './run.mjs'
import { step } from './steps.mjs'

const stampFile = inRoot('node_modules', '.motcua-install')
const hiddenLock = inRoot('node_modules', '.package-lock.json')

/** Installs from the lockfile when it is missing, older than the lockfile, or was left half-done. */
export async function ensureInstalled(out = process.stdout) {
  const wanted = stampNow()
  if (readText(stampFile) === wanted && pinnedNode()) return
  if (isComplete()) return writeFileSync(stampFile, stampNow())
  out.write('       Đang cài thư viện, có thể mất vài phút · Installing packages, this may take minutes\n')
  await step('Đã cài thư viện', 'Packages installed', install, out)
  writeFileSync(stampFile, stampNow())
}

async function install() {
  rmSync(stampFile, { force: true })
  let result
  for (const attempt of attempts(process.env)) {
    result = await npm(attempt.words, attempt.env)
    if (result.code === 0) return
  }
  throw new Refusal(
    'Không cài được thư viện: hãy kiểm tra mạng, dung lượng đĩa và quyền ghi rồi chạy lại.',
    'The packages could not be installed: check the network, disk space and write permission, then start again.',
    result.said.trim().split('\n').slice(0, 20).join('\n'),
  )
}

// Said in full, because NODE_ENV=production or a person's npm settings would leave half of it out.
const settings =
  '--ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error'.split(' ')

function* attempts(env) {
  yield { words: ['ci'], env }
  // A home folder that does not exist or belongs to somebody else: npm gets another place for its cache.
  yield { words: ['ci'], env: { ...env, npm_config_cache: ownCache() } }
  // A registry that serves only some platforms makes `npm ci` doubt the lockfile; this obeys it all the same.
  yield { words: ['install', '--no-save'], env }
}

function npm(words, env) {
  const cli = npmCli(env)
  const all = [...words, ...settings]
  if (cli) return run(process.execPath, [cli, ...all], { env, quiet: true })
  return run('npm', all, { env, quiet: true, shell: process.platform === 'win32' })
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
