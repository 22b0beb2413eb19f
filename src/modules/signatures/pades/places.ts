import { zoned } from '../../../kernel/time.ts'
import type { Place } from '../types.ts'

/*
 * Where signatures stand and what copies say (NĐ 30/2020/NĐ-CP, annex I): the seal covers about a third of the
 * signer's image, on its left; information of the signature of a copy stands at the top right of page one.
 */

/** The place of an organisation's seal beside a signer's image; `diameter` in points, 102 being the 36 mm of a seal. */
export function sealBeside(signer: Place, diameter = 102): Place {
  return {
    page: signer.page,
    x: Math.max(0, signer.x + signer.width / 3 - diameter),
    y: Math.max(0, signer.y + signer.height / 2 - diameter / 2),
    width: diameter,
    height: diameter,
  }
}

const textSize = 10
const margin = 14
const widest = 250

/** The place of the information of a copy on a first page of that width in points: as large as its lines need. */
export function copyPlace(pageWidth: number, lines: number): Place {
  const width = Math.min(widest, pageWidth - 2 * margin)
  return { page: 1, x: pageWidth - width - margin, y: margin, width, height: lines * textSize * 1.2 + 2 }
}

/** Lines of the information of a copy: the agency, in several lines when its name is long, and the time with its zone. */
export function copyLines(agency: string, at: Date): string[] {
  const { day, month, year, hour, minute, second } = zoned(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [hour, minute, second].map(two).join(':')
  const date = `${two(day)}.${two(month)}.${year}`
  return [`Cơ quan: ${agency}`, `Thời gian ký: ${date} ${time} +07:00`].flatMap(wrapped)
}

const mostLetters = 48

function wrapped(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= mostLetters)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
