// node scripts/complete-lockfile.mjs: run after `npm install` has changed the lockfile.
// npm leaves out of the lockfile the packages for other platforms that its registry does not serve at that moment,
// and `npm ci` then refuses the whole lockfile, on every machine. This writes them back: version and platform, and
// no digest, since nobody here has seen the file.
import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './setup/place.mjs'

const path = inRoot('package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))
const added = []

for (const [owner, entry] of Object.entries(lock.packages))
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {}))
    if (!find(owner, name)) add(name, version, entry)

if (added.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'))
  lock.packages = Object.fromEntries(sorted)
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
}
process.stdout.write(added.length > 0 ? `added:\n${added.join('\n')}\n` : 'the lockfile is complete\n')

// A package is looked for where its owner would find it: beside it, then in every folder above.
function find(owner, name) {
  for (let at = owner; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    if (lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

function add(name, version, owner) {
  const platform = platformOf(name)
  if (!/^\d+\.\d+\.\d+[\w.-]*$/.test(version)) throw new Error(`${name} ${version}: not an exact version`)
  lock.packages[`node_modules/${name}`] = {
    version,
    ...platform,
    ...(owner.dev && { dev: true }),
    optional: true,
  }
  added.push(`${name}@${version} ${JSON.stringify(platform)}`)
}

function platformOf(name) {
  const words = name.split('/').pop().split('-')
  const os = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].find((word) =>
    words.includes(word),
  )
  const cpu = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'].find((word) =>
    words.includes(word),
  )
  const libc =
    os === 'linux' && (words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined)
  return { ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }), ...(os && { os: [os] }) }
}
