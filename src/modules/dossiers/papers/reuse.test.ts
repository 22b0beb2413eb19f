import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ComponentLine } from '../../catalogue/index.ts'
import { trusts } from '../../vault/index.ts'
import { paperWays, type TakenPaper, wayOf } from './paper-source.ts'
import { reuseOf } from './reuse.ts'

type Provision = ComponentLine['provision']
const line = (key: string, provision: Provision = 'submit') => ({
  key,
  name: `Giấy ${key}`,
  code: null,
  provision,
})
type Paper = Pick<TakenPaper, 'component' | 'source' | 'how' | 'vaultItemId' | 'trust'>
const paper = (changes: Partial<Paper> = {}): Paper => ({ component: 'a', source: 'upload', ...changes })

const item = '0199f0aa-0000-7000-8000-000000000001'
const fromVault = (trust: TakenPaper['trust']) =>
  paper({ source: 'vault', how: 'vault', vaultItemId: item, ...(trust && { trust }) })

describe('one component', () => {
  // way, then DuocSoHoa, DuocTaiSuDung, DuocLayTuKhoDMQG
  test.each<[string, Provision, Paper[], string, number, number, number]>([
    ['issued, from the vault', 'submit', [fromVault('issued')], 'vault', 1, 1, 1],
    ['digitised, from the vault', 'submit', [fromVault('digitised')], 'vault', 1, 1, 1],
    ['a certified copy from the vault', 'submit', [fromVault('certified-copy')], 'vault', 1, 1, 1],
    ['an own upload from the vault is not digitised', 'submit', [fromVault('own-upload')], 'vault', 0, 1, 1],
    [
      'an extract of a register',
      'submit',
      [paper({ source: 'register', how: 'register' })],
      'register',
      0,
      2,
      0,
    ],
    ['what a register answers', 'lookup', [], 'register', 0, 2, 0],
    ['an upload', 'submit', [paper({ how: 'upload' })], 'upload', 0, 0, 0],
    ['an upload although known', 'submit', [paper({ how: 'upload-known' })], 'upload-known', 0, 0, 0],
    [
      'scanned at the counter, not signed',
      'submit',
      [paper({ source: 'counter', how: 'upload' })],
      'upload',
      0,
      0,
      0,
    ],
    ['shown at the counter', 'show', [], 'shown', 0, 0, 0],
    ['asked for and not there', 'submit', [], 'none', 0, 0, 0],
    ['taken in before ways were noted', 'submit', [paper()], 'upload', 0, 0, 0],
    [
      'from the vault beside an upload',
      'submit',
      [paper({ how: 'upload' }), fromVault('issued')],
      'vault',
      1,
      1,
      1,
    ],
  ])('%s', (_what, provision, papers, way, digitised, reused, taken) => {
    const [only] = reuseOf([line('a', provision)], papers).lines
    expect(only).toMatchObject({ way })
    expect(only!.flags).toEqual({ DuocSoHoa: digitised, DuocTaiSuDung: reused, DuocLayTuKhoDMQG: taken })
  })

  test('stands digitised once an officer signed a copy, with or without a file of the person', () => {
    const signed = new Set(['a'])
    for (const papers of [[], [paper({ source: 'counter', how: 'upload' })]]) {
      const { lines, HoSoCoThanhPhanSoHoa } = reuseOf([line('a')], papers, signed)
      expect(lines[0]).toMatchObject({ way: 'upload', flags: { DuocSoHoa: 1, DuocTaiSuDung: 0 } })
      expect(HoSoCoThanhPhanSoHoa).toBe(1)
    }
  })

  test('names the items of the vault and the best trust', () => {
    const other = { ...fromVault('own-upload'), vaultItemId: '0199f0aa-0000-7000-8000-000000000002' }
    expect(reuseOf([line('a')], [other, fromVault('digitised')]).lines[0]).toMatchObject({
      trust: 'digitised',
      vaultItems: [other.vaultItemId, item],
    })
  })
})

describe('a dossier', () => {
  test.each<[string, Provision, Paper[], 0 | 1]>([
    ['with a paper from the vault', 'submit', [fromVault('own-upload')], 1],
    ['with a look-up', 'lookup', [], 1],
    ['with a scan at the counter that nobody signed', 'submit', [paper({ source: 'counter' })], 0],
    ['with uploads alone', 'submit', [paper()], 0],
    ['with papers only shown', 'show', [], 0],
    ['without papers', 'note', [], 0],
  ])('%s', (_what, provision, papers, flag) => {
    expect(reuseOf([line('a', provision)], papers).HoSoCoThanhPhanSoHoa).toBe(flag)
  })

  test('accounts for every component asked for and every paper handed in, once each', () => {
    const papers = fc.array(
      fc.record({
        component: fc.constantFrom('a', 'b', 'c', 'd'),
        source: fc.constantFrom('upload', 'vault', 'register', 'counter'),
        how: fc.constantFrom(...paperWays),
        trust: fc.constantFrom(...trusts),
      }) as fc.Arbitrary<Paper>,
    )
    fc.assert(
      fc.property(papers, (given) => {
        const asked = [
          line('a'),
          line('b', 'lookup'),
          line('c', 'show'),
          line('n', 'note'),
          line('f', 'form'),
        ]
        const { lines, counts } = reuseOf(asked, given)
        const keys = lines.map(({ component }) => component)
        expect(new Set(keys).size).toBe(keys.length)
        expect(new Set(keys)).toEqual(new Set(['a', 'b', 'c', ...given.map(({ component }) => component)]))
        expect(Object.values(counts).reduce((a, b) => a + b)).toBe(lines.length)
      }),
    )
  })
})

test.each([
  [{ source: 'vault', vaultItemId: item }, false, 'vault'],
  [{ source: 'vault', vaultItemId: item }, true, 'vault'],
  [{ source: 'register' }, true, 'register'],
  [{ source: 'upload' }, true, 'upload-known'],
  [{ source: 'counter' }, true, 'upload-known'],
  [{ source: 'upload' }, false, 'upload'],
] as const)('a paper %o, known %s, came as %s', (given, known, way) => {
  expect(wayOf(given, known)).toBe(way)
})
