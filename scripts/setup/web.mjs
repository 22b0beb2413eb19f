import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { inRoot, Refusal } from './place.mjs'
import { file, runNode } from './run.mjs'
import { step } from './steps.mjs'

const stampFile = inRoot('build', '.stamp')

// What the pages are made of. Modules stay outside the build, except the small parts that browsers run too.
const sources = ['src/web', 'src/messages', 'src/kernel', 'src/modules/forms']
const settings = [
  'react-router.config.ts',
  'vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Builds the web if something it is made of has changed since the last build. */
export async function ensureWebBuilt(out = process.stdout) {
  if (!settings.every((name) => existsSync(inRoot(name)))) return
  const wanted = hashOfSources()
  const isBuilt = existsSync(stampFile) && existsSync(inRoot('build', 'web', 'server'))
  if (isBuilt && readFileSync(stampFile, 'utf8') === wanted) return
  await step('Đã dựng giao diện', 'Web built', build, out)
  mkdirSync(inRoot('build'), { recursive: true })
  writeFileSync(stampFile, wanted)
}

async function build() {
  rmSync(stampFile, { force: true })
  // Asked by a test run, the build must not take itself for a part of it.
  const { VITEST: _, ...inherited } = process.env
  const env = { ...inherited, NODE_ENV: 'production' }
  const words = [file('node_modules', '@react-router', 'dev', 'bin.cjs'), 'build']
  const { code, said } = await runNode(words, { env, quiet: true })
  if (code !== 0)
    throw new Refusal('Không dựng được giao diện web.', 'The web could not be built.', said.trim())
}

function hashOfSources() {
  const hash = createHash('sha256')
  for (const path of [...settings, ...sources.flatMap(filesUnder).sort()])
    hash
      .update(`${path}\0`)
      .update(readFileSync(inRoot(path)))
      .update('\0')
  return `${hash.digest('hex')}\n`
}

function filesUnder(folder) {
  if (!existsSync(inRoot(folder))) return []
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return filesUnder(path)
    return entry.name.includes('.test.') || entry.name.endsWith('.md') ? [] : [path]
  })
}
