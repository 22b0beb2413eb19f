import type { TemplateProblem } from './refusals.ts'

/** What a template may take in: the two libraries that come with the product. */
const libraries = /^\s*"(?:lib|blocks)\.typ"/

/**
 * Words of Typst by which a template could load code that nobody reviewed: import and include of anything but our
 * libraries, eval, plugin, and the module that holds them under other names. Typst has no escapes in names, so what
 * is not spelled is not there. A sentence with such a word is refused as well: rather too strict than fooled. Pure.
 */
export function forbiddenWord(source: string): TemplateProblem | undefined {
  for (const match of source.matchAll(
    /(?<![\p{L}\p{N}_-])(import|include|eval|plugin|std)(?![\p{L}\p{N}_-])/gu,
  )) {
    const after = source.slice(match.index + match[0].length)
    if (match[1] === 'import' && source[match.index - 1] === '#' && libraries.test(after)) continue
    return { line: source.slice(0, match.index).split('\n').length, message: match[1]! }
  }
  return undefined
}
