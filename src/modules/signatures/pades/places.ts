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

/** The place of the information of a copy on a first page of that width in points. */
export const copyPlace = (pageWidth: number, lines = 2): Place => ({
  ...{ page: 1, x: pageWidth / 2, y: 18, width: pageWidth / 2 - 36, height: lines * 12 + 4 },
})

/** Lines of the information of a copy: the agency, and the time with its zone. */
export function copyLines(agency: string, at: Date): string[] {
  const { day, month, year, hour, minute, second } = zoned(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const time = [hour, minute, second].map(two).join(':')
  return [`Cơ quan: ${agency}`, `Thời gian ký: ${two(day)}.${two(month)}.${year} ${time} +07:00`]
}
