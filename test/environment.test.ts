import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentNames } from '../src/config.ts'

const lines = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8').split('\n')

test('.env.example lists every variable that the product reads, and no other', () => {
  const listed = lines
    .map((line) => /^#? ?([A-Z][A-Z0-9_]+)=/.exec(line)?.[1])
    .filter((name) => name !== undefined)
  expect(listed.sort()).toEqual([...environmentNames].sort())
})

test('.env.example says in a line above what each variable means', () => {
  const bare = lines.filter(
    (line, at) => /^#? ?[A-Z][A-Z0-9_]+=/.test(line) && !/^# \S/.test(lines[at - 1] ?? ''),
  )
  expect(bare).toEqual([])
})
