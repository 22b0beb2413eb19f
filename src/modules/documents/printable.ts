import { fontCoverage } from './typst/font-coverage.ts'
import { fontFile } from './typst/fonts.ts'

const graphemes = new Intl.Segmenter('vi', { granularity: 'grapheme' })
const longestWord = 36
let covers: ((codePoint: number) => boolean) | undefined

/**
 * Text as the printed form can show it: NFC, one line, no invisible or direction-changing characters.
 * A character the form's font cannot draw (an emoji, a foreign script) becomes □, since PDF/A forbids
 * missing glyphs and a dossier must still get its receipt. Very long words get places to break.
 */
export function printable(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}|\p{Cs}/gu, (char) => (char === '\u200d' ? char : ''))
    .replace(/ {2,}/g, ' ')
    .trim()
  return breakLongWords(drawable(line))
}

/** The paragraphs of a longer text; line ends written by people are kept as paragraph ends. */
export const printableParagraphs = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map(printable)
    .filter((paragraph) => paragraph !== '')

function drawable(line: string): string {
  covers ??= fontCoverage(fontFile('400Regular'))
  const has = covers
  const fits = (cluster: string) => [...cluster].every((char) => has(char.codePointAt(0) ?? 0))
  if (fits(line)) return line
  return Array.from(graphemes.segment(line), ({ segment }) => (fits(segment) ? segment : '□')).join('')
}

function breakLongWords(line: string): string {
  return line.replace(/[^\s\u200b]{37,}/gu, (word) => {
    const clusters = Array.from(graphemes.segment(word), ({ segment }) => segment)
    return clusters
      .map((cluster, i) => (i > 0 && i % longestWord === 0 ? `\u200b${cluster}` : cluster))
      .join('')
  })
}
