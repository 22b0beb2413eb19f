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
  const first = await npmCi(process.env)
  // A home folder that does not exist or belongs to somebody else: npm gets another place for its cache.
  const result = first.code === 0 ? first : await npmCi({ ...process.env, npm_config_cache: ownCache() })
  if (result.code !== 0)
    throw new Refusal(
      'Không cài được thư viện: hãy kiểm tra mạng, dung lượng đĩa và quyền ghi rồi chạy lại.',
      'The packages could not be installed: check the network, disk space and write permission, then start again.',
      result.said.split('\n').slice(-15).join('\n').trim(),
    )
}

function npmCi(env) {
  // Said in full, because NODE_ENV=production or a person's npm settings would leave half of it out.
  const words =
    'ci --ignore-scripts --include=dev --include=optional --no-audit --no-fund --loglevel=error'.split(' ')
  const cli = npmCli(env)
  const clean = { ...env, npm_config_dry_run: 'false' }
  if (cli) return run(process.execPath, [cli, ...words], { env: clean, quiet: true })
  return run('npm', words, { env: clean, quiet: true, shell: process.platform === 'win32' })
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
