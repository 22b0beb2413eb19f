import { messages } from 'motcua/kernel/i18n'
import { spreadsheet } from 'motcua/modules/documents'
import { readCertifications } from 'motcua/modules/dossiers'
import type { LoaderFunctionArgs } from 'react-router'
import { askedCertifications, bookLine } from './certify-book-source'
import { noteExport } from './log-source'
import { mostSheetLines } from './log-xlsx'

/** The book of certified electronic copies as a spreadsheet, in Vietnamese as the book is. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const asked = askedCertifications(args)
  const { page, unit, days, filter } = asked
  const t = messages('vi')
  const lines = await readCertifications(page.app.db.pool, { ...filter, limit: mostSheetLines })
  const columns = [
    { title: t('certify.book.number'), width: 16 },
    { title: t('certify.book.on'), width: 14 },
    { title: t('certify.book.requester'), width: 28 },
    { title: t('certify.book.paper'), width: 40 },
    { title: t('certify.book.signer'), width: 32 },
    { title: t('certify.book.pages'), width: 10 },
    { title: t('certify.book.copies'), width: 10 },
    { title: t('certify.book.fee'), width: 12 },
    { title: t('certify.book.dossier'), width: 24 },
    { title: t('certify.book.note'), width: 24 },
  ]
  const rows = lines
    .map(bookLine)
    .map(({ number, on, requester, paper, signer, pages, copies, fee, code, note }) => [
      ...[number, on, requester, paper, signer, String(pages), String(copies), String(fee ?? ''), code, note],
    ])
  await noteExport(
    asked,
    lines.map(({ dossierCode }) => dossierCode),
  )
  const file = await spreadsheet(t('certify.book.title').slice(0, 31), columns, rows)
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename="so-chung-thuc-${unit}-${days.from}-${days.to}.xlsx"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}
