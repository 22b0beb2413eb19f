import type { OpenPlaces } from '../../documents/index.ts'
import type { DeclaredFields, Place } from '../../signatures/index.ts'

/** Names of the fields of a paper that is signed and then sealed. */
export const signingFields = { signer: 'signer', seal: 'seal', number: 'number', date: 'date' } as const

/** A seal is round and 36 mm wide; on screen and paper it is shown at its true size. */
const sealSide = (36 / 25.4) * 72

/** Where somebody signs when the layout says nothing: low on the right of an A4 page. */
const usualSigner: Place = { page: 1, x: 360, y: 640, width: 130, height: 62 }

/** Where everything that comes later stands on a paper. */
export interface SigningPlaces {
  signer: Place
  seal: Place
  number: Place | undefined
  date: Place | undefined
}

/**
 * Places of signature, seal, number and date, from what the layout left open. The seal covers about a third of the
 * signature, to its left (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I mục II.8); it never leaves the page.
 */
export function signingPlaces({ signer = usualSigner, number, date }: OpenPlaces): SigningPlaces {
  const third = signer.width / 3
  const seal = {
    page: signer.page,
    x: Math.max(12, signer.x + third - sealSide),
    y: Math.max(12, signer.y + signer.height / 2 - sealSide / 2),
    width: sealSide,
    height: sealSide,
  }
  return { signer, seal, number, date }
}

/** The fields that a paper declares before anybody signs it, so that nothing later comes as a surprise. */
export function fieldsToDeclare({ signer, seal, number, date }: SigningPlaces): DeclaredFields {
  const size = 12
  return {
    signatures: [
      { name: signingFields.signer, place: signer },
      { name: signingFields.seal, place: seal },
    ],
    texts: [
      ...(number ? [{ name: signingFields.number, place: number, size }] : []),
      ...(date ? [{ name: signingFields.date, place: date, size }] : []),
    ],
  }
}
