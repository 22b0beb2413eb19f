import type { PartKind } from '../contents.ts'
import { type Item, inBoth, numbered, type Words } from './item.ts'

type Loose = Record<string, unknown>
const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Templates and test cases: a thing each, with what it holds as lines of text. */
export function looseItems(part: PartKind, kind: string, list: readonly unknown[]): Item[] {
  return numbered(list.filter(isLoose), keyOf).map(([id, each], i) => ({
    part,
    kind,
    id: `${kind}:${id}`,
    at: id,
    name: nameOf(each, id, i),
    within: null,
    summary: nameOf(each, id, i).vi,
    facts: Object.fromEntries(
      Object.entries(each)
        .filter(([name]) => !['key', 'id', 'name', 'title'].includes(name))
        .map(([name, value]) => [name, textOf(value)]),
    ),
  }))
}

function keyOf(each: Loose): string {
  const found = ['key', 'id', 'template', 'name']
    .map((name) => each[name])
    .find((key) => typeof key === 'string')
  return found ?? textOf(each.name) ?? ''
}

function nameOf(each: Loose, id: string, i: number): Words {
  for (const value of [each.title, each.name]) {
    if (typeof value === 'string') return { vi: value, en: value }
    if (isLoose(value)) return inBoth(value as Partial<Words>, id)
  }
  const name = id || String(i + 1)
  return { vi: name, en: name }
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value, null, 1)
}

/** Of two long texts only the lines that differ, each list in its own order. */
export function changedLines(before: string, after: string): { before: string | null; after: string | null } {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let from = 0
  while (from < Math.min(old.length, now.length) && old[from] === now[from]) from += 1
  let tail = 0
  while (tail < Math.min(old.length, now.length) - from && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1
  const cut = (lines: string[]) => lines.slice(from, lines.length - tail).join('\n') || null
  return { before: cut(old), after: cut(now) }
}
