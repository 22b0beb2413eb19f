import { DossierCode, findDossiers } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button } from '../ui/button'
import { TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { parseIdCard } from './id-card'
import { logRows } from './log-book.view'
import { LogTable } from './log-table'
import { procedureNames } from './names'
import { officerOf, placesRead } from './officer'

const most = 100

/** Finds by code, name or number; a whole code opens at once, and a scanned card is read for its number. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const typed = (new URL(args.request.url).searchParams.get('q') ?? '').trim().slice(0, 200)
  const q = parseIdCard(typed)?.personalId ?? typed
  const authorities = placesRead(officer)
  if (q.length < 2 || q.includes('\0')) return { q, rows: null }
  const lines = await findDossiers(page.app.db.pool, { authorities, q, limit: most })
  const only = DossierCode.safeParse(q.toUpperCase())
  if (only.success && lines.some(({ code }) => code === only.data))
    throw redirect(`/can-bo/ho-so/${only.data}`)
  const procedures = await procedureNames(
    page,
    lines.map(({ procedureCode }) => procedureCode),
  )
  return { q, rows: logRows(lines, procedures, page.locale) }
}

export default function Lookup() {
  const t = useT()
  const { q, rows } = useLoaderData<typeof loader>()
  return (
    <DeskPage keys={[{ keys: ['/'], does: t('desk.keys.find') }]}>
      <Title>{t('desk.find.title')}</Title>
      <main id="noi-dung" className="pane">
        <div className="pane__head">
          <h1 className="desk__title">{t('desk.find.title')}</h1>
          <p className="small soft">{t('desk.find.lead')}</p>
          <form method="get" className="lookup">
            <TextField
              id="q"
              name="q"
              label={t('desk.find.q')}
              hint={t('desk.find.hint')}
              defaultValue={q}
              maxLength={200}
              autoComplete="off"
            />
            <Button>{t('desk.find.go')}</Button>
          </form>
        </div>
        {rows && <LogTable caption={t('desk.find.title')} rows={rows} />}
      </main>
    </DeskPage>
  )
}
