import { isStorableText } from 'motcua/kernel/text'
import {
  type BookFilter,
  type Certification,
  certificationNumber,
  certificationVolume,
} from 'motcua/modules/dossiers'
import type { LoaderFunctionArgs } from 'react-router'
import { dateText } from '../ui/format'
import { type AskedBook, askedBook } from './log-source'

export interface AskedCertifications extends AskedBook {
  filter: Omit<BookFilter, 'limit'>
  /** The same as an address has it. */
  query: URLSearchParams
}

/** Which lines of the book are asked for; the book of a unit where the officer holds no post is refused. */
export function askedCertifications(args: LoaderFunctionArgs): AskedCertifications {
  const asked = askedBook(args)
  const given = new URL(args.request.url).searchParams
  const text = (name: string) => {
    const value = (given.get(name) ?? '').normalize('NFC').trim().slice(0, 200)
    return isStorableText(value) ? value : ''
  }
  const [words, signer] = [text('tim'), text('nguoi-ky')]
  const { unit, days } = asked
  const query = new URLSearchParams({
    ...{ 'don-vi': unit, tu: days.from, den: days.to },
    ...(words && { tim: words }),
    ...(signer && { 'nguoi-ky': signer }),
  })
  return { ...asked, filter: { authority: unit, ...days, words, signer }, query }
}

/** A line as page and spreadsheet show it. */
export const bookLine = (line: Certification) => ({
  key: line.id,
  number: `${certificationNumber(line)} · ${certificationVolume(line)}`,
  on: dateText(line.certifiedAt),
  requester: line.requester,
  paper: line.paperName,
  signer: [line.signerName, line.signerTitle].filter(Boolean).join(', '),
  pages: line.pages,
  copies: line.copies,
  fee: line.feeVnd,
  note: line.note ?? '',
  code: line.dossierCode,
})
