import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Entry {
  version?: string
  resolved?: string
  license?: string
  optionalDependencies?: Record<string, string>
}
const text = readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')
const packages = (JSON.parse(text) as { packages: Record<string, Entry> }).packages
const names = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)))

test('the lockfile names every platform, or npm ci refuses it (node scripts/complete-lockfile.mjs)', () => {
  const missing = Object.values(packages).flatMap((entry) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => !names.has(name)),
  )
  expect(missing).toEqual([])
})

test('the lockfile names no registry, so that each person uses their own', () => {
  expect(Object.values(packages).filter((entry) => entry.resolved)).toEqual([])
})

test('Node and PostgreSQL are pinned exactly for five platforms', () => {
  const pinned = packages['']?.optionalDependencies ?? {}
  expect(Object.keys(pinned)).toHaveLength(10)
  for (const [name, version] of Object.entries(pinned)) {
    expect(version).toMatch(/^\d+\.\d+\.\d+[\w.-]*$/)
    expect(packages[`node_modules/${name}`]?.version).toBe(version)
  }
})

// The MIT licence, and that the mark of bpmn.io on drawings stays (docs/decisions, the modeller of processes).
const readByUs = new Set(['node_modules/bpmn-js'])

test('every package allows what we do with it', () => {
  const free =
    /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|Unlicense|Python-2\.0|OFL-1\.1|MPL-2\.0|Zlib|LGPL-3\.0-or-later)$/
  const strange = Object.entries(packages).filter(
    ([path, { license }]) =>
      path !== '' &&
      !readByUs.has(path) &&
      license &&
      !license
        .replaceAll(/[()]/g, '')
        .split(/ (?:AND|OR) /)
        .every((one) => free.test(one)),
  )
  expect(strange.map(([path, entry]) => `${path}: ${entry.license}`)).toEqual([])
})
