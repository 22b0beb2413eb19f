import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findMessage, locales } from '../../kernel/i18n.ts'

const source = globSync('step-table*.ts', { cwd: import.meta.dirname })
  .filter((name) => !name.includes('.test.'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
  .join('\n')

const named = [...source.matchAll(/note\(\s*'(?:lost|guess|info)',\s*'([a-z-]+)'/g)].map(([, code]) => code!)
const ofHours = ['unit', 'range', 'several', 'words'].map((guess) => `hours-${guess}`)
const ofBounds = ['too-large', 'too-deep', 'too-many-cells', 'more-notes', 'step-unknown', 'back-to-outside']
const reasons = [...source.matchAll(/(?:all|beyond)\('([a-z-]+)'/g)].map(([, code]) => code!)

test.each([...new Set([...named, ...ofHours, ...ofBounds])])(
  'the note %s has its sentence in both languages',
  (code) => {
    for (const locale of locales) expect(findMessage(locale, `processEditor.report.${code}`)).toBeDefined()
  },
)

test.each([...new Set([...reasons, 'not-runnable', 'unfit'])])(
  '%s, more than a table, has its sentence',
  (code) => {
    for (const locale of locales) expect(findMessage(locale, `processEditor.richer.${code}`)).toBeDefined()
  },
)

test('the sentences are found in the source', () => {
  expect(named.length).toBeGreaterThan(20)
  expect(reasons.length).toBeGreaterThan(4)
})
