import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import { DossierCode, type DossierView, digitisingOf } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import { type PageContext, pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { officerOf } from './officer'

export interface OpenCertifying {
  page: PageContext
  officer: Officer
  view: DossierView
}

/** Opens a dossier by which copies are certified; to an officer of another place it does not exist. */
export async function openCertifying(args: LoaderFunctionArgs): Promise<OpenCertifying> {
  const page = pageContext(args)
  const officer = officerOf(args)
  const code = DossierCode.safeParse(args.params.code)
  if (!code.success) throw data(null, { status: 404 })
  const view = await page.app.dossiers.view(officer, code.data)
  if (isRefusal(view)) throw data(null, { status: view.kind === 'forbidden' ? 403 : 404 })
  return { page, officer, view }
}

/** Pictures that were captured of the original, in their order. */
export async function capturedFiles({ app, now }: PageContext, view: DossierView) {
  const { lines } = await digitisingOf(app.db, view, dateOfLaw(now))
  return lines
    .filter(({ rule }) => rule.why === 'certify')
    .flatMap(({ waiting }) => waiting.flatMap(({ files }) => files))
    .map(({ fileId, name }) => ({ name, href: `/tep/${fileId}?ho-so=${view.dossier.code}&xem=1` }))
}
