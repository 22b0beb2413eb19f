import { printable } from '../printable.ts'
import { type Run, readMarked } from './marked-text.ts'

/*
 * Words of officials as Typst source: always string literals, so that nothing in them is read as markup or code.
 */

/** A string literal of Typst; what Tinos cannot draw is □, as in what people typed. */
export function literal(text: string): string {
  return `"${printable(text).replace(/[\\"]/g, (char) => `\\${char}`)}"`
}

/** Spaces at the ends belong to the text between two runs; `printable` alone would trim them. */
function spaced(text: string): string {
  const before = /^\s/.test(text) ? ' ' : ''
  const after = /\s$/.test(text) && text.trim() !== '' ? ' ' : ''
  const inner = literal(text)
  return `"${before}${inner.slice(1, -1)}${after}"`
}

/** Marked text as one value of content, e.g. `{ "Căn cứ "; put("hoTen") }`; nothing for no text. */
export function marked(text: string, lines = false): string {
  const runs = (lines ? [text] : [text.replace(/\s*\n\s*/g, ' ')]).flatMap(readMarked)
  return runs.length === 0 ? '[]' : `{ ${runs.map(run).join('; ')} }`
}

function run({ text, field, bold, italic, underline }: Run): string {
  const plain = field === undefined ? lined(text ?? '') : `put("${field.replace(/[^A-Za-z0-9]/g, '')}")`
  const faces = [
    [underline, 'underline'],
    [italic, 'emph'],
    [bold, 'strong'],
  ] as const
  return faces.reduce((inner, [on, face]) => (on ? `${face}(${inner})` : inner), plain)
}

function lined(text: string): string {
  const lines = text.split('\n').map(spaced)
  return lines.length === 1 ? lines[0]! : `{ ${lines.join('; linebreak(); ')} }`
}
