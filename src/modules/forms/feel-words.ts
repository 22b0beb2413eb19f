import { feelFunctions } from '../../kernel/feel/feel-tree.ts'
import { formFunctionArity } from './form-functions.ts'

/** A name that an expression reads, where it stands in the text. */
export interface FeelWord {
  /** `child.dateOfBirth` as its parts. */
  names: string[]
  from: number
  to: number
  /** Set when the first part is the row of a quantifier: the list that it walks through, as parts. */
  rowOf?: string[]
}

const keywords = new Set(
  'if then else and or some every in satisfies between not true false null for return instance of function'.split(
    ' ',
  ),
)
const functionNames = [...Object.keys(feelFunctions), ...Object.keys(formFunctionArity)].toSorted(
  (a, b) => b.length - a.length,
)
const chain = /[\p{L}_][\p{L}\p{N}_]*(?:\s*\.\s*[\p{L}_][\p{L}\p{N}_]*)*/uy
const string = /"(?:[^"\\]|\\.)*"?/y
const number = /\d[\d.]*/y
const quantifier = /(?:some|every)\s+([\p{L}_][\p{L}\p{N}_]*)\s+in\s+/uy

interface Row {
  name: string
  depth: number
  of?: string[]
}

/**
 * Every name that a FEEL text reads, in order. Works on the letters alone, so it also reads a text that is not yet
 * valid; strings, keywords and names of functions are no reading.
 */
export function wordsOf(text: string): FeelWord[] {
  const words: FeelWord[] = []
  const rows: Row[] = []
  let depth = 0
  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (char === '(' || char === '[') depth++
    if (char === ')' || char === ']') {
      depth--
      while (rows.length > 0 && rows.at(-1)!.depth > depth) rows.pop()
    }
    const opened = matchAt(quantifier, text, at)
    const skipped =
      opened?.[0] ?? functionAt(text, at) ?? matchAt(string, text, at)?.[0] ?? matchAt(number, text, at)?.[0]
    if (skipped !== undefined) {
      if (opened) rows.push({ name: opened[1]!, depth })
      at += skipped.length
      continue
    }
    const found = matchAt(chain, text, at)?.[0]
    if (found === undefined) {
      at++
      continue
    }
    const word = readWord(found, { text, at, rows })
    if (word) words.push(word)
    at += word ? found.length : leadLength(found)
  }
  return words
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function functionAt(text: string, at: number): string | undefined {
  return functionNames.find(
    (name) =>
      text.startsWith(name, at) &&
      !/[\p{L}\p{N}_]/u.test(text[at + name.length] ?? '') &&
      /^\s*\(/.test(text.slice(at + name.length)),
  )
}

// A keyword before a name is passed alone: `and child.sex` is no chain, but `not` may stand before a bracket.
const leadLength = (found: string) => /^[\p{L}\p{N}_]+/u.exec(found)?.[0].length ?? 1

function readWord(
  found: string,
  { text, at, rows }: { text: string; at: number; rows: Row[] },
): FeelWord | undefined {
  const names = found.split('.').map((name) => name.trim())
  if (keywords.has(names[0]!)) return undefined
  // The member of something worked out, such as `(a).name`.
  if (text.slice(0, at).trimEnd().endsWith('.')) return undefined
  const word: FeelWord = { names, from: at, to: at + found.length }
  const waiting = rows.at(-1)
  if (waiting && !waiting.of) {
    const outer = rowNamed(rows, names[0]!)
    waiting.of = outer ? [...outer, ...names.slice(1)] : names
    return outer ? { ...word, rowOf: outer } : word
  }
  const rowOf = rowNamed(rows, names[0]!)
  return rowOf ? { ...word, rowOf } : word
}

/** The list whose row has this name, through rows of rows. */
const rowNamed = (rows: readonly Row[], wanted: string) =>
  rows.findLast(({ name, of }) => of && name === wanted)?.of

const startsWith = (names: readonly string[], key: readonly string[]) =>
  key.every((part, i) => names[i] === part)

/** Whether the text reads the answer under this key, or a part of it. */
export function reads(text: string, key: string): boolean {
  return wordsOf(text).some((word) => !word.rowOf && startsWith(word.names, key.split('.')))
}

/**
 * Whether the text reads a column of a list: `some row in members satisfies row.age > 3`, or `members.age`. `names`
 * are the ways in which this text may call the list.
 */
export function readsColumn(text: string, names: readonly string[], key: string): boolean {
  return wordsOf(text).some((word) => columnAt(word, names, key.split('.')) !== undefined)
}

/** The text with the key renamed wherever it is read; all other letters stay. */
export function renameRead(text: string, from: string, to: string): string {
  const key = from.split('.')
  return rewritten(text, (word) =>
    !word.rowOf && startsWith(word.names, key) ? [to, ...word.names.slice(key.length)] : undefined,
  )
}

/** The text with a column of a list renamed wherever it is read by way of the list. */
export function renameColumn(text: string, lists: readonly string[], from: string, to: string): string {
  const key = from.split('.')
  return rewritten(text, (word) => {
    const at = columnAt(word, lists, key)
    return at === undefined
      ? undefined
      : [...word.names.slice(0, at), to, ...word.names.slice(at + key.length)]
  })
}

/** Where in the word the column begins. */
function columnAt(word: FeelWord, lists: readonly string[], key: string[]): number | undefined {
  for (const list of lists) {
    const names = list.split('.')
    const ofThisList = word.rowOf ? word.rowOf.join('.') === list : startsWith(word.names, names)
    const at = word.rowOf ? 1 : names.length
    if (ofThisList && startsWith(word.names.slice(at), key)) return at
  }
  return undefined
}

function rewritten(text: string, names: (word: FeelWord) => string[] | undefined): string {
  let result = ''
  let done = 0
  for (const word of wordsOf(text)) {
    const next = names(word)
    if (!next) continue
    result += text.slice(done, word.from) + next.join('.')
    done = word.to
  }
  return result + text.slice(done)
}

/** Names that rows of quantifiers take in this text. */
export function rowNames(text: string): string[] {
  return [...text.matchAll(/\b(?:some|every)\s+([\p{L}_][\p{L}\p{N}_]*)\s+in\b/gu)].map(([, name]) => name!)
}

/** Whether an expression could read a key of this name at all. */
export const isSpeakable = (key: string) =>
  key.split('.').every((part) => !keywords.has(part)) &&
  !['today', 'channel', 'caseCode'].includes(key.split('.')[0]!)
