import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { messages } from '../../../kernel/i18n.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import { type Authority, signatureLines } from '../../directory/index.ts'
import { certifiedPdf, dateInWords, type PaperSignature, type PicturePage } from '../../documents/index.ts'
import type { Actor } from '../../identity/index.ts'
import {
  type Authorisation,
  pageSizes,
  preparePdf,
  type SignerRow,
  type Signing,
  signPdf,
} from '../../signatures/index.ts'
import { imageOf, type SigningDoor, signatureOf } from '../papers/papers-to-sign.ts'
import { type SigningPlaces, signingFields, signingPlaces } from '../papers/signing-places.ts'
import { certificationNumber, certificationVolume } from './certification-store.ts'

type Officer = Extract<Actor, { kind: 'officer' }>

/** What the last page of a copy says, and who signs under it. */
export interface CopyText {
  title: string
  agency: string
  lines: string[]
  /** The lines above the name, and the post that the book names. */
  capacity: string[]
  post: string
  name: string
  verifyCode: string | null
  sample: boolean
}

interface CopyFacts {
  officer: Officer
  authority: Authority
  paperName: string
  pages: number
  /** Null while nobody has signed: the number is taken with the signature. */
  n: number | null
  verifyCode: string | null
  now: Date
}

/** Words of the statement of certification (NĐ 23/2015/NĐ-CP, lời chứng; TT 01/2020/TT-BTP). Pure. */
export function preparedCopy({
  officer,
  authority,
  paperName,
  pages,
  n,
  verifyCode,
  now,
}: CopyFacts): CopyText {
  const today = dateOfLaw(now)
  const year = Number(today.slice(0, 4))
  const posts = officer.posts.filter(({ authorityCode }) => authorityCode === authority.code)
  const post = posts.find(({ roles }) => roles.includes('leader')) ?? posts[0]
  const number = n === null ? '……… (cấp khi ký)' : certificationNumber({ n })
  return {
    title: `Bản sao chứng thực: ${paperName}`,
    agency: authority.name.toLocaleUpperCase('vi'),
    lines: [
      `Bản sao điện tử gồm ${pages} trang, đúng với bản chính: ${paperName}.`,
      `Số chứng thực ${number}, quyển số ${certificationVolume({ year })} SCT/BS`,
      dateInWords(today).replace(/^n/, 'N'),
    ],
    capacity: post ? signatureLines(post, authority) : ['NGƯỜI CÓ THẨM QUYỀN'],
    post: post?.title ?? '',
    name: officer.name,
    verifyCode,
    sample: authority.sample,
  }
}

/** A copy ready for its two signatures. */
export interface Prepared {
  pdf: Uint8Array
  places: SigningPlaces
  capacity: string[]
  post: string
}

/** Lays the pages and the statement out, with places declared for the officer's signature and the authority's. */
export async function layOutCopy(
  { pages, ...text }: CopyText & { pages: PicturePage[] },
  { verifyUrl, now }: { verifyUrl: string | null; now: Date },
): Promise<Outcome<Prepared>> {
  const { title, agency, lines, capacity, name, verifyCode, sample, post } = text
  const pdf = await certifiedPdf(
    { pages },
    {
      ...{ title, agency, lines, signer: { title: capacity, name } },
      verify: verifyUrl === null || verifyCode === null ? null : { url: verifyUrl, code: verifyCode },
      sample: sample ? messages('vi')('documents.print.sample') : null,
    },
    now,
  )
  if (isRefusal(pdf)) return pdf
  const sizes = pageSizes(pdf)
  if (isRefusal(sizes)) return sizes
  const places = signingPlaces({ signer: { page: sizes.length, ...signerPlace } })
  const prepared = preparePdf(pdf, {
    signatures: [
      { name: signingFields.signer, place: places.signer },
      { name: signingFields.seal, place: places.seal },
    ],
    texts: [],
  })
  return isRefusal(prepared) ? prepared : { pdf: prepared, places, capacity, post }
}

/** Where the template leaves room, in points of an A4 page: whatever the statement says, it stands at this height. */
const signerPlace = { x: 345, y: 395, width: 150, height: 62 }

const reason = 'Chứng thực bản sao đúng với bản chính'

/** The signing of who certifies. */
export const signerSigning = async (
  { pdf, places }: Prepared,
  signer: SignerRow,
  now: Date,
): Promise<Signing> => ({
  ...{ pdf, field: signingFields.signer, place: places.signer, level: 'B-LT', signerId: signer.id },
  ...{ appearance: { role: 'signer', image: await imageOf(signer), lines: [] }, reason, now },
})

interface Signers {
  signer: SignerRow
  sealer: SignerRow
  authorisation: Authorisation
  now: Date
}

/** First who certifies, then the authority over it: the later signature covers the earlier one. */
export async function signBoth(
  door: SigningDoor,
  prepared: Prepared,
  { signer, sealer, authorisation, now }: Signers,
): Promise<Outcome<{ pdf: Uint8Array; signatures: PaperSignature[] }>> {
  const signed = await signPdf(door.signatures, await signerSigning(prepared, signer, now), authorisation)
  if (isRefusal(signed)) return signed
  const seal: Signing = {
    ...{ pdf: signed.pdf, field: signingFields.seal, place: prepared.places.seal, level: 'B-LTA' },
    ...{ signerId: sealer.id, appearance: { role: 'seal', image: await imageOf(sealer), lines: [] } },
    ...{ reason, now },
  }
  const sealed = await signPdf(door.signatures, seal, door.sealing ?? {})
  if (isRefusal(sealed)) return sealed
  return {
    pdf: sealed.pdf,
    signatures: [
      signatureOf(signed.evidence, {
        field: signingFields.signer,
        role: 'signer',
        capacity: prepared.capacity,
      }),
      signatureOf(sealed.evidence, { field: signingFields.seal, role: 'seal', capacity: [] }),
    ],
  }
}
