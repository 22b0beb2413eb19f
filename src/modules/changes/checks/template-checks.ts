import { type Finding, findingsOf } from './finding.ts'

const found = findingsOf('templates')
/** WCAG 2.2, 1.4.3: ordinary text against its ground. */
const leastContrast = 4.5

/** Print templates: text that can be told from the paper, pictures that say what they show. */
export function* templateFindings(templates: readonly unknown[]): Generator<Finding> {
  for (const [i, template] of templates.entries()) {
    const text = JSON.stringify(template) ?? ''
    for (const [, colour] of text.matchAll(
      /(?:text\([^)]*?fill:\s*|"colou?r"\s*:\s*\\?")(?:rgb\(\\?")?(#[0-9a-fA-F]{6})/g,
    )) {
      const ratio = contrastOnWhite(colour!)
      if (ratio < leastContrast)
        yield found('error', String(i), 'contrast', {
          colour: colour!,
          ratio: ratio.toFixed(1),
          least: leastContrast,
        })
    }
    for (const [call] of text.matchAll(/image\([^)]*\)/g))
      if (!call.includes('alt:'))
        yield found('warning', String(i), 'image-without-text', { image: call.slice(0, 60) })
  }
}

/** Contrast of a colour on white paper (WCAG 2.2). */
function contrastOnWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}
