import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { codesServing, paperKinds } from './paper-kinds.ts'
import { type ItemState, isOf, offersOf, stateOn, type VaultItem } from './vault-item.ts'
import { entryName } from './zip-stream.ts'

const packages = join(import.meta.dirname, '../../../db/reference/packages')
const packageKeys = readdirSync(packages).filter((key) => existsSync(join(packages, key, 'procedure.json')))
const packageJson = (key: string) =>
  JSON.parse(readFileSync(join(packages, key, 'procedure.json'), 'utf8')) as {
    procedureCode: string
    components: { key: string; code: string | null }[]
  }

const anItem = (changes: Partial<VaultItem> = {}): VaultItem => ({
  id: changes.name ?? 'a',
  ownerKind: 'person',
  ownerId: 'p-1',
  personalId: null,
  paperCode: 'K1',
  name: 'a',
  number: null,
  issuedOn: '2026-01-01',
  validTo: null,
  issuer: null,
  trust: 'issued',
  sha256: null,
  mediaType: 'application/pdf',
  size: null,
  fileId: null,
  documentId: null,
  evidenceId: null,
  dossierCode: null,
  origin: 'x',
  state: 'valid',
  replacedBy: null,
  hidden: false,
  fields: {},
  addedAt: '2026-01-01T00:00:00.000Z',
  ...changes,
})

test.each<[ItemState, string | null, ItemState]>([
  ['valid', null, 'valid'],
  ['valid', '2026-11-19', 'valid'],
  ['valid', '2026-11-18', 'expired'],
  ['revoked', '2026-11-18', 'revoked'],
  ['replaced', null, 'replaced'],
  ['removed', '2027-01-01', 'removed'],
])('%s with the last day %s is %s on 19/11/2026', (state, validTo, expected) => {
  expect(stateOn({ state, validTo }, '2026-11-19')).toBe(expected)
})

describe('offers', () => {
  const offered = (...items: VaultItem[]) => offersOf(items, ['K1', 'K2'], '2026-11-19')

  test('are the papers that fit and count, the most trusted and newest first', () => {
    const { items } = offered(
      anItem({ name: 'own', trust: 'own-upload' }),
      anItem({ name: 'old', issuedOn: '2020-01-01' }),
      anItem({ name: 'other', paperCode: 'K3' }),
      anItem({ name: 'unknown', paperCode: null }),
      anItem({ name: 'expired', validTo: '2026-11-18' }),
      anItem({ name: 'hidden', hidden: true }),
      anItem({ name: 'revoked', state: 'revoked' }),
      anItem({ name: 'new', paperCode: 'K2' }),
    )
    expect(items.map(({ name }) => name)).toEqual(['new', 'old', 'own'])
  })

  test.each<[string, VaultItem[], string | null]>([
    ['nothing', [], null],
    ['one official paper', [anItem()], 'a'],
    ['one official paper beside uploads', [anItem(), anItem({ name: 'u', trust: 'own-upload' })], 'a'],
    ['an upload alone', [anItem({ trust: 'own-upload' })], null],
    ['two official papers', [anItem(), anItem({ name: 'b', trust: 'certified-copy' })], null],
  ])('propose, of %s, %s', (_what, items, proposed) => {
    expect(offered(...items).preselected).toBe(proposed)
  })
})

test('an item is of the account, of the proved personal id, or of the organisation', () => {
  const item = anItem({ ownerId: 'p-1', personalId: '099195000001' })
  const person = (personId: string, personalId: string | null) =>
    ({ kind: 'person', personId, personalId }) as const
  expect(isOf(item, person('p-1', null))).toBe(true)
  expect(isOf(item, person('p-2', '099195000001'))).toBe(true)
  expect(isOf(item, person('p-2', null))).toBe(false)
  expect(isOf(anItem(), person('p-2', '099195000001'))).toBe(false)
  expect(isOf(anItem({ ownerKind: 'organisation', ownerId: 'p-1' }), person('p-1', null))).toBe(false)
})

test('a paper serves where its own code is asked for, and where its kind stands for another', () => {
  expect(codesServing('1.004884', { key: 'old-certificate-copy', code: '000.00.00.G15-KQ003136' })).toEqual([
    '000.00.00.G15-KQ003136',
    '1.004884:old-certificate-copy',
    'KQ.G15.000031',
    'KQ.G15.000342',
  ])
  expect(codesServing('1.004859', { key: 'evidence', code: null })).toContain('KQ.G15.000342')
  // What was uploaded for a paper without a published code, and kept, serves the same paper again.
  expect(codesServing('1.004873', { key: 'evidence', code: null })).toEqual(['1.004873:evidence'])
  expect(new Set(paperKinds.map(({ code }) => code)).size).toBe(paperKinds.length)
})

test('what a paper is said to serve as is asked for by some procedure', () => {
  const asked = new Set(
    packageKeys.flatMap((key) => {
      const { procedureCode, components } = packageJson(key)
      return components.flatMap((each) => [`${procedureCode}:${each.key}`, each.code])
    }),
  )
  expect(paperKinds.flatMap(({ serves }) => serves).filter((each) => !asked.has(each))).toEqual([])
})

test.each([
  ['../../etc/passwd', '001 _.._etc_passwd.pdf'],
  ['C:\\Windows\\system32\\x', '001 C__Windows_system32_x.pdf'],
  ['a\u0000b\nc', '001 abc.pdf'],
  ['hoá đơn\u202Efdp.exe', '001 hoá đơnfdp.exe.pdf'],
  ['CON', '001 giay-to CON.pdf'],
  ['   ...   ', '001 giay-to.pdf'],
  ['-rf ~', '001 rf ~.pdf'],
  ['Giấy khai sinh', '001 Giấy khai sinh.pdf'],
])('a file of the archive called %j lies there as %j', (name, expected) => {
  const entry = entryName(1, name, 'pdf')
  expect(entry).toMatch(/^001 [^/\\]*\.pdf$/)
  expect(entry).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  if (!name.includes('..')) expect(entry).toBe(expected.normalize('NFC'))
})

test('names of an archive are not longer than file systems take', () => {
  expect(Buffer.byteLength(entryName(7, 'ộ'.repeat(5000), 'pdf'))).toBeLessThan(320)
})
