import { messages } from 'motcua/kernel/i18n'
import { addressesOf, markNoticesRead, noticesOf, stateAddress } from 'motcua/modules/notifications'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Button } from '../ui/button'
import { TextField } from '../ui/fields'
import { useT } from '../ui/shell'
import { Tag } from '../ui/state'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { officerOf } from './officer'
import { Done } from './outcome'
import { clock } from './own-figures-source'

const path = '/can-bo/thong-bao'
const Email = z.union([z.literal(''), z.email().max(254)])

/** What this officer was told, and whether by mail as well. */
export async function loader(args: LoaderFunctionArgs) {
  const { app, locale } = pageContext(args)
  const { officerId } = officerOf(args)
  const [notices, addresses] = await Promise.all([
    noticesOf(app.db.pool, officerId),
    addressesOf(app.db.pool, [officerId]),
  ])
  const t = messages(locale)
  const done = { luu: t('officerFigures.notices.saved'), doc: t('officerFigures.notices.read') }
  return {
    notices: notices.map((each) => ({ ...each, createdAt: clock(each.createdAt) })),
    email: addresses.get(officerId) ?? '',
    done: done[new URL(args.request.url).searchParams.get('xong') as keyof typeof done] ?? null,
  }
}

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const { officerId } = officerOf(args)
  const form = await args.request.formData()
  if (form.get('_action') === 'read') {
    await markNoticesRead(app.db.pool, officerId, now)
    return redirect(`${path}?xong=doc`)
  }
  const typed = String(form.get('email') ?? '').trim()
  const email = Email.safeParse(typed)
  if (!email.success)
    return data({ problem: messages(locale)('officerFigures.notices.badEmail'), typed }, { status: 422 })
  await stateAddress(app.db.pool, { officerId, email: email.data || null, now })
  return redirect(`${path}?xong=luu`)
}

export default function Notices({ actionData }: { actionData?: { problem: string; typed: string } }) {
  const t = useT()
  const { notices, email, done } = useLoaderData<typeof loader>()
  return (
    <DeskPage>
      <Title>{t('officerFigures.notices.title')}</Title>
      <main id="noi-dung" className="pane pane--page">
        <div className="pane__head">
          <h1 className="desk__title">{t('officerFigures.notices.title')}</h1>
        </div>
        {done && !actionData && <Done>{done}</Done>}
        <div className="pane__part">
          {notices.length === 0 && <p className="soft">{t('officerFigures.notices.none')}</p>}
          <ul>
            {notices.map(({ id, subject, text, href, createdAt, readAt }) => (
              <li key={id} className="mt-5 max-w-3xl">
                <b>{subject}</b> <span className="small soft num">{createdAt}</span>{' '}
                {readAt === null && <Tag>{t('officerFigures.notices.new')}</Tag>}
                <p className="whitespace-pre-line">{text}</p>
                <a href={href}>
                  {t('officerFigures.notices.open')}
                  <span className="vh">: {subject}</span>
                </a>
              </li>
            ))}
          </ul>
          {notices.some(({ readAt }) => readAt === null) && (
            <form method="post" className="mt-5">
              <Button kind="second" size="small" name="_action" value="read">
                {t('officerFigures.notices.seen')}
              </Button>
            </form>
          )}
        </div>
        <div className="pane__part">
          <h2>{t('officerFigures.notices.settings')}</h2>
          <form method="post" noValidate className="powers__form">
            <p className="small soft max-w-3xl">{t('officerFigures.notices.hint')}</p>
            <TextField
              id="email"
              name="email"
              type="email"
              label={t('officerFigures.notices.email')}
              defaultValue={actionData?.typed ?? email}
              error={actionData?.problem}
              autoComplete="email"
              maxLength={254}
            />
            <p className="btn-row mt-5">
              <Button>{t('officerFigures.notices.save')}</Button>
            </p>
          </form>
        </div>
      </main>
    </DeskPage>
  )
}
