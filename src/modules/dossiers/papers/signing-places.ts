import type { OpenPlaces } from '../../documents/index.ts'
import type { DeclaredFields, Place } from '../../signatures/index.ts'
import type { CoSigner } from './co-signers.ts'

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
  /** Where the first initial and the first second signature stand. */
  initial: Place
  second: Place
}

/**
 * Places of signature, seal, number and date, from what the layout left open. The seal covers about a third of the
 * signature, to its left (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I mục II.8); it never leaves the page.
 */
export function signingPlaces({
  signer = usualSigner,
  number,
  date,
  initial = initialAbove(signer),
  second = secondBeside(signer),
}: OpenPlaces): SigningPlaces {
  const third = signer.width / 3
  const seal = {
    page: signer.page,
    x: Math.max(12, signer.x + third - sealSide),
    y: Math.max(12, signer.y + signer.height / 2 - sealSide / 2),
    width: sealSide,
    height: sealSide,
  }
  return { signer, seal, number, date, initial, second }
}

// A layout that knows nothing of others' signatures: above the signer, and on the left half of the page.
const initialAbove = (signer: Place): Place => ({ ...signer, y: Math.max(12, signer.y - 76), height: 30 })
const secondBeside = (signer: Place): Place => ({ ...signer, x: Math.max(36, signer.x - 280) })

/** The place of one who signs before the decision: initials go to the left from the first, others upwards. */
export function coSignerPlace({ initial, second }: SigningPlaces, { role, no }: CoSigner): Place {
  if (role === 'initial') return { ...initial, x: Math.max(36, initial.x - no * (initial.width + 6)) }
  return { ...second, y: Math.max(12, second.y - no * (second.height + 6)) }
}

/** The fields that a paper declares before anybody signs it, so that nothing later comes as a surprise. */
export function fieldsToDeclare(places: SigningPlaces, coSigners: readonly CoSigner[] = []): DeclaredFields {
  const { signer, seal, number, date } = places
  const size = 12
  return {
    signatures: [
      ...coSigners.map((each) => ({ name: each.field, place: coSignerPlace(places, each) })),
      { name: signingFields.signer, place: signer },
      { name: signingFields.seal, place: seal },
    ],
    texts: [
      ...(number ? [{ name: signingFields.number, place: number, size }] : []),
      ...(date ? [{ name: signingFields.date, place: date, size }] : []),
    ],
  }
}
