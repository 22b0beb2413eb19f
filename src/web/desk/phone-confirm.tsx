import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import type { Officer } from 'motcua/modules/identity'
import {
  answerConfirmation,
  type Confirmation,
  demonstrationPin,
  waitingConfirmations,
} from 'motcua/modules/signatures'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkButton } from '../ui/button'
import { TextField } from '../ui/fields'
import { timeText } from '../ui/format'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import { flashHeader, takeFlash } from './flash'
import styles from './means.css?url'
import { officerOf } from './officer'
import { NotDone, Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { type AskedPaper, confirmationOf, finish, outcomeOf, papersOf, phoneOf } from './phone-signing'
import { useWatch } from './use-watch'

export const links = () => [{ rel: 'stylesheet', href: styles }]

interface Asked {
  id: string
  code: string
  count: number
  until: string
  papers: AskedPaper[]
  /** Answered already, and not signed because the machine stopped: the PIN alone is missing. */
  confirmed: boolean
}

/** What this officer's phone is asked, each with the code that stands on the desk as well. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const { flash, headers } = takeFlash(args.request)
  const phone = await phoneOf(page, officer)
  const waiting = phone ? await waitingConfirmations(page.app.db, phone.id, page.now) : []
  // Until the desk has said what a request is about, nobody can know what they would sign.
  const told = waiting.filter(({ about }) => about !== null)
  const asked = await Promise.all(
    told.map(
      async (each): Promise<Asked> => ({
        ...{ id: each.requestId, code: each.code, count: each.papers, until: timeText(each.expiresAt) },
        papers: await papersOf(page, each),
        confirmed: each.state === 'confirmed',
      }),
    ),
  )
  const sample = page.app.config.demonstration.on ? demonstrationPin : null
  return data({ asked, sample, outcome: outcomeView(flash, page.locale) }, { headers })
}

/**
 * Confirms and signs, or declines; a request that somebody else is asked does not exist. The PIN of the key on the phone
 * is tried before anything counts as confirmed.
 */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const t = messages(page.locale)
  const form = await args.request.formData()
  const asked = await confirmationOf(page, officer, String(form.get('id') ?? ''))
  if (!asked) throw data(null, { status: 404 })
  const confirm = form.get('_action') === 'confirm'
  const reason = String(form.get('reason') ?? '')
    .trim()
    .slice(0, 500)
  if (!confirm && !reason) return data({ problem: t('signing.phone.reasonMissing') }, { status: 422 })
  const { requestId, signerId } = asked
  const pin = String(form.get('pin') ?? '').slice(0, 100)
  const opened = confirm ? await page.app.signatures.checkPin(signerId, pin) : undefined
  if (isRefusal(opened)) return data({ problem: refusalText(opened, page.locale) }, { status: 422 })
  if (confirm && asked.state === 'confirmed') return settle(page, officer, asked, pin)
  const answer = { requestId, signerId, confirm, ...(!confirm && { reason }) }
  const answered = await answerConfirmation(page.app.db, answer, page.now)
  if (isRefusal(answered)) return data({ problem: refusalText(answered, page.locale) }, { status: 409 })
  if (!confirm) return tell(page, { said: t('signing.phone.declined') })
  return settle(page, officer, { ...asked, state: 'confirmed' }, pin)
}

async function settle(page: PageContext, officer: Officer, asked: Confirmation, pin: string) {
  await finish(page, officer, asked, pin)
  const settled = await confirmationOf(page, officer, asked.requestId)
  return tell(page, (settled && outcomeOf(settled)) ?? {})
}

function tell({ now }: PageContext, said: object) {
  const flash = { at: now.toISOString(), command: '', done: [], refused: [], ...said }
  return redirect('/can-bo/xac-nhan-ky', { headers: { 'set-cookie': flashHeader(flash) } })
}

export default function PhoneConfirm({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const { asked, sample, outcome } = useLoaderData<typeof loader>()
  // What is being read does not move: only an empty page asks again, and not over what became of the last answer.
  useWatch(asked.length === 0 && !outcome)
  return (
    <DeskPage>
      <Title>{t('signing.phone.title')}</Title>
      <main id="noi-dung" className="pane pane--page phone-page">
        <h1 className="desk__title">{t('signing.phone.title')}</h1>
        <Outcome outcome={outcome} />
        <NotDone problem={actionData?.problem} />
        {asked.length === 0 ? (
          <>
            <p className="soft">{t('signing.phone.none')}</p>
            <p>
              <LinkButton href="/can-bo/xac-nhan-ky" kind="second" icon="rotate-cw">
                {t('signing.phone.waitRefresh')}
              </LinkButton>
            </p>
          </>
        ) : (
          <p>{t('signing.phone.lead')}</p>
        )}
        {asked.map((each) => (
          <Card key={each.id} asked={each} sample={sample} />
        ))}
      </main>
    </DeskPage>
  )
}

function Card({ asked, sample }: { asked: Asked; sample: string | null }) {
  const t = useT()
  const { id, code, count, until, papers, confirmed } = asked
  return (
    <section className="phone__card" aria-label={`${t('signing.phone.code')} ${code}`}>
      <p className="phone__code">
        <span>{t('signing.phone.code')}</span> <b>{code}</b>
      </p>
      <h2>{t('signing.phone.papers', { count })}</h2>
      <p className="soft small">
        {confirmed ? t('signing.phone.goOn') : t('signing.phone.until', { time: until })}
      </p>
      <ul className="phone__papers">
        {papers.map((paper) => (
          <li key={paper.key}>
            <p>
              <b>{paper.applicant}</b>
              <span className="small soft">{paper.what}</span>
              <span className="small faint code">{paper.code}</span>
            </p>
            <LinkButton href={paper.previewHref} kind="second" icon="eye" block>
              {t('signing.phone.preview')}
              <span className="vh"> {paper.applicant}</span>
            </LinkButton>
          </li>
        ))}
      </ul>
      <form method="post" className="phone__answer">
        <input type="hidden" name="id" value={id} />
        <label className="pick" htmlFor={`pin-${id}`}>
          <span>{t('signing.phone.pin')}</span>
          <input
            className="input"
            type="password"
            inputMode="numeric"
            name="pin"
            id={`pin-${id}`}
            maxLength={100}
            autoComplete="off"
            aria-describedby={`pin-${id}-hint`}
          />
          <small className="soft" id={`pin-${id}-hint`}>
            {sample ? t('signing.phone.pinSample', { pin: sample }) : t('signing.phone.pinHint')}
          </small>
        </label>
        <Button name="_action" value="confirm" block>
          {t('signing.phone.confirm', { count })}
        </Button>
        {!confirmed && (
          <details className="phone__decline">
            <summary>{t('signing.phone.decline')}</summary>
            <TextField id={`reason-${id}`} name="reason" label={t('signing.phone.reason')} maxLength={500} />
            <Button name="_action" value="decline" kind="harm" block>
              {t('signing.phone.decline')}
            </Button>
          </details>
        )}
      </form>
    </section>
  )
}
