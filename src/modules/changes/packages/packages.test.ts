import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, describe, expect, test } from 'vitest'
import { officerAmong } from '../../../../test/builders/officers.ts'
import { testDatabase } from '../../../../test/harness/database.ts'
import { openDatabase } from '../../../kernel/db.ts'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { allOfficers } from '../../directory/index.ts'
import { effectiveParts } from '../index.ts'
import { exportPackage, installPackage } from './install-package.ts'
import { sha256 } from './package-file.ts'
import { readPackage } from './read-package.ts'

const database = await testDatabase({ reference: true })
const db = openDatabase(database.url, { role: 'motcua_app', max: 4 })
afterAll(() => db.close())

const officer = officerAmong(await allOfficers(db))
const control = officer('officer-control-1')
const parts = { db, now: new Date('2026-11-20T02:00:00Z') }
const birth = accepted(await exportPackage(parts, '1.001193')).bytes
const why = (outcome: unknown) => (isRefusal(outcome) ? outcome.code : 'done')

test('a procedure comes out as one file, the same bytes each time', async () => {
  const again = accepted(await exportPackage(parts, '1.001193'))
  expect(again.fileName).toBe('1.001193-1.motcua.zip')
  expect(sha256(again.bytes)).toBe(sha256(birth))
  const { manifest, contents } = accepted(readPackage(birth))
  expect(manifest).toMatchObject({ procedureCode: '1.001193', edition: { version: 1 } })
  expect(contents.form?.key).toBe('birth-registration')
  expect(contents.process?.xml).toContain('<?xml')
  expect(why(await exportPackage(parts, '9.999999'))).toBe('packages.not-filed-here')
})

test('where the procedure is new, all its parts become a draft', async () => {
  const files = unzipSync(birth)
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [
      path,
      new TextDecoder().decode(bytes).replaceAll('1.001193', '9.777777'),
    ]),
  )
  const change = accepted(await installPackage(control, packed(texts), parts))
  expect(change).toMatchObject({ kind: 'new', code: '9.777777', state: 'draft' })
  const contents = await effectiveParts(db, change)
  expect(contents.procedure.plainName).toBe('Làm giấy khai sinh cho con')
})

test('where it is filed already, only what differs is drafted', async () => {
  const files = unzipSync(birth)
  const texts = Object.fromEntries(
    Object.entries(files).map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]),
  )
  const form = JSON.parse(texts['form.json']!)
  form.pages[0].title.vi = 'Người đi khai sinh'
  const change = accepted(
    await installPackage(control, packed({ ...texts, 'form.json': JSON.stringify(form) }), parts),
  )
  expect(change.kind).toBe('amend')
  expect(Object.keys(change.parts)).toEqual(['form'])
})

test('a package that holds nothing new begins no change', async () => {
  expect(why(await installPackage(control, birth, parts))).toBe('packages.unchanged')
})

test('only procedure control installs', async () => {
  const clerk = officer('officer-hoa-sen-reception-1')
  expect(why(await installPackage(clerk, birth, parts))).toBe('changes.not-yours')
})

describe('a package from an attacker', () => {
  const files = unzipSync(birth)
  const manifest = JSON.parse(new TextDecoder().decode(files['manifest.json']))
  const withManifest = (changes: object) => ({
    ...files,
    'manifest.json': strToU8(JSON.stringify({ ...manifest, ...changes })),
  })
  const stated = (path: string, bytes: Uint8Array) => [
    ...manifest.files.filter((each: { path: string }) => each.path !== path),
    { path, bytes: bytes.length, sha256: sha256(bytes) },
  ]
  const replaced = (path: string, text: string) => {
    const bytes = strToU8(text)
    return { ...withManifest({ files: stated(path, bytes) }), [path]: bytes }
  }
  const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`

  test.each<[string, Uint8Array, string]>([
    ['no zip', strToU8('hello'), 'packages.no-package'],
    ['nothing', new Uint8Array(), 'packages.no-package'],
    ['cut off', birth.subarray(0, birth.length - 40), 'packages.no-package'],
    [
      'a path that leads out',
      zipSync({ ...files, '../../etc/passwd': strToU8('x') }),
      'packages.strange-file',
    ],
    ['a script', zipSync({ ...files, 'postinstall.js': strToU8('x') }), 'packages.strange-file'],
    ['a path inside a folder', zipSync({ ...files, 'a/form.json': strToU8('{}') }), 'packages.strange-file'],
    ['a bomb', zipSync({ ...files, 'form.json': new Uint8Array(40_000_000) }), 'packages.too-large'],
    ['far too large', new Uint8Array(11_000_000), 'packages.too-large'],
    ['no manifest', zipSync({ 'form.json': files['form.json']! }), 'packages.manifest'],
    ['a manifest with more in it', zipSync(withManifest({ run: 'rm -rf' })), 'packages.manifest'],
    [
      'a manifest naming another file',
      zipSync(withManifest({ files: [{ path: '/etc/passwd', sha256: 'a'.repeat(64), bytes: 1 }] })),
      'packages.manifest',
    ],
    ['a part that was altered', zipSync({ ...files, 'form.json': strToU8('{}') }), 'packages.altered'],
    ['a part nobody states', zipSync(withManifest({ files: [] })), 'packages.altered'],
    [
      'no procedure',
      zipSync({ 'manifest.json': strToU8(JSON.stringify({ ...manifest, files: [] })) }),
      'packages.file-missing',
    ],
    [
      'names of the language',
      zipSync(replaced('form.json', '{"__proto__":{"polluted":true},"constructor":1}')),
      'packages.unreadable',
    ],
    ['depth without end', zipSync(replaced('form.json', deep)), 'packages.unreadable'],
    ['no JSON', zipSync(replaced('form.json', '{')), 'packages.unreadable'],
    ['no UTF-8', zipSync(replaced('process.bpmn', '\uD800')), 'done'],
  ])('%s', (_, bytes, code) => {
    expect(why(readPackage(bytes))).toBe(code)
  })

  test('a package that says one procedure and holds another', async () => {
    const other = zipSync(withManifest({ procedureCode: '1.000656' }))
    expect(why(await installPackage(control, other, parts))).toBe('packages.other-procedure')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

/** Packs changed texts with a manifest that fits them. */
function packed(texts: Record<string, string>): Uint8Array {
  const manifest = JSON.parse(texts['manifest.json']!)
  const files = Object.entries(texts)
    .filter(([path]) => path !== 'manifest.json')
    .map(([path, text]) => ({ path, bytes: strToU8(text) }))
  manifest.files = files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes), bytes: bytes.length }))
  return zipSync({
    'manifest.json': strToU8(JSON.stringify(manifest)),
    ...Object.fromEntries(files.map(({ path, bytes }) => [path, bytes])),
  })
}
