import type { Outcome } from '../../kernel/errors.ts'
import { isStorableText } from '../../kernel/text.ts'
import { refusals } from './refusals.ts'

const longest = 200

/**
 * The name of an uploaded file as it is shown and offered for download: NFC, no path, no invisible or
 * direction-changing characters, at most 200 characters with its extension kept. Never used as a path.
 */
export function cleanFileName(raw: string): Outcome<string> {
  if (!isStorableText(raw)) return refusals.badName()
  const last = raw.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const name = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  return shorten(name === '' ? 'tep' : name)
}

/** Lower-case extension without the dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([^.]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** The name with an extension that tells the truth: a PDF called `photo.jpg` becomes `photo.jpg.pdf`. */
export function withExtension(name: string, extensions: readonly string[]): string {
  return extensions.includes(extensionOf(name)) ? name : shorten(`${name}.${extensions[0]}`)
}

function shorten(name: string): string {
  const letters = [...name]
  if (letters.length <= longest) return name
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? ''
  return letters.slice(0, longest - [...ending].length).join('') + ending
}
