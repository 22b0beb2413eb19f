import { expect, test } from 'vitest'
import { formJson, formKeys } from '../../../test/builders/packages.ts'
import { isRefusal } from '../../kernel/errors.ts'
import { compileFeel, pathsOf } from '../../kernel/feel/index.ts'
import { reads, readsColumn, renameColumn, renameRead, wordsOf } from './feel-words.ts'
import type { FormDraft } from './form-draft.ts'
import { formFunctionArity } from './form-functions.ts'
import { mentionsOf } from './form-uses.ts'

const compiled = (text: string) => {
  const tree = compileFeel(text, { functions: formFunctionArity })
  if (isRefusal(tree)) throw new Error(`${text}: ${tree.code}`)
  return tree
}

const shipped = formKeys.flatMap((key) =>
  [...mentionsOf(formJson(key) as FormDraft)].filter(({ is }) => is === undefined).map(({ text }) => text),
)

test('reads the same names as the compiler in every shipped condition', () => {
  expect(shipped.length).toBeGreaterThan(200)
  for (const text of new Set(shipped)) {
    const words = wordsOf(text).filter((word) => !word.rowOf)
    expect([...new Set(words.map(({ names }) => names.join('.')))].toSorted(), text).toEqual(
      pathsOf(compiled(text)).toSorted(),
    )
  }
})

test('renaming changes what the compiler reads, and nothing else', () => {
  for (const text of new Set(shipped)) {
    const paths = pathsOf(compiled(text))
    for (const path of paths) {
      const renamed = pathsOf(compiled(renameRead(text, path, 'zz.new')))
      const wanted = paths.map((other) =>
        other === path || other.startsWith(`${path}.`) ? `zz.new${other.slice(path.length)}` : other,
      )
      expect(renamed.toSorted(), `${path} in ${text}`).toEqual([...new Set(wanted)].toSorted())
    }
  }
})

test.each([
  ['a = "a.b and a"', 'a', 'x = "a.b and a"'],
  ['a.b + a.bc', 'a.b', 'x + a.bc'],
  ['count(count) > 1', 'count', 'count(x) > 1'],
  ['string length(string) > 2 and length', 'string', 'string length(x) > 2 and length'],
  ['a . b = 1', 'a.b', 'x = 1'],
  ['(some a in rows satisfies a.age > 1) and a = 2', 'a', '(some a in rows satisfies a.age > 1) and x = 2'],
  ['if a then not(a) else null', 'a', 'if x then not(x) else null'],
  ['a in ["a", "b"] or 1.5 > a', 'a', 'x in ["a", "b"] or 1.5 > x'],
  ['thẻ.số = a', 'a', 'thẻ.số = x'],
  ['a = ', 'a', 'x = '],
])('renames in %s', (text, key, wanted) => {
  expect(renameRead(text, key, 'x')).toBe(wanted)
})

test('columns of lists are read through the row and through the list, also two deep', () => {
  const text = 'some m in members satisfies (some c in m.children satisfies c.age < 3) and m.age > 18'
  expect(readsColumn(text, ['members'], 'age')).toBe(true)
  expect(readsColumn(text, ['members.children'], 'age')).toBe(true)
  expect(readsColumn(text, ['others'], 'age')).toBe(false)
  expect(reads(text, 'members')).toBe(true)
  expect(reads(text, 'age')).toBe(false)
  expect(renameColumn(text, ['members'], 'age', 'years')).toBe(
    'some m in members satisfies (some c in m.children satisfies c.age < 3) and m.years > 18',
  )
  expect(renameColumn(text, ['members'], 'children', 'kids')).toContain('in m.kids satisfies c.age')
  expect(renameColumn('sum(members.age)', ['members'], 'age', 'years')).toBe('sum(members.years)')
})
