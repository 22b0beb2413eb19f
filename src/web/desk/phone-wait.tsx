import { messages } from 'motcua/kernel/i18n'
import { DossierCode } from 'motcua/modules/dossiers'
import { answerConfirmation, type Confirmation } from 'motcua/modules/signatures'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button, LinkButton } from '../ui/button'
import { timeText } from '../ui/format'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import { takeFlash } from './flash'
import styles from './means.css?url'
import { officerOf } from './officer'
import { Outcome } from './outcome'
import { outcomeView } from './outcome.view'
import { confirmationOf, outcomeOf, papersOf } from './phone-signing'
import { useWatch } from './use-watch'

export const links = () => [{ rel: 'stylesheet', href: styles }]

async function waitedFor(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const asked = await confirmationOf(page, officer, args.params.id ?? '')
  if (!asked) throw data(null, { status: 404 })
  return { page, officer, asked }
}

type Stage = 'waiting' | 'expired' | 'declined' | 'signing' | 'settled'

function stageOf({ state, expiresAt, outcome }: Confirmation, now: Date): Stage {
  if (outcome !== null) return 'settled'
  if (state === 'confirmed') return 'signing'
  if (state === 'declined') return 'declined'
  return new Date(expiresAt) <= now ? 'expired' : 'waiting'
}

/** The desk waits here for the officer's phone, and shows what became of it. */
export async function loader(args: LoaderFunctionArgs) {
  const { page, asked } = await waitedFor(args)
  const { flash, headers } = takeFlash(args.request)
  const { code, papers, reason, expiresAt } = asked
  const shown = {
    back: backOf(args.request),
    ...{ stage: stageOf(asked, page.now), code, papers, reason, until: timeText(expiresAt) },
    asked: await papersOf(page, asked),
    // What needed no signature, or was refused before anybody was asked.
    before: outcomeView(flash, page.locale),
    outcome: outcomeView(outcomeOf(asked), page.locale),
  }
  return data(shown, { headers })
}

/** Takes the question back. */
export async function action(args: ActionFunctionArgs) {
  const { page, asked } = await waitedFor(args)
  const { requestId, signerId } = asked
  const reason = messages(page.locale)('signing.phone.cancel')
  await answerConfirmation(page.app.db, { requestId, signerId, confirm: false, reason }, page.now)
  return redirect(backOf(args.request).href)
}

/** Where the desk came from: the papers of a dossier at the counter, or the list of what waits for a signature. */
function backOf(request: Request) {
  const code = DossierCode.safeParse(new URL(request.url).searchParams.get('ho-so')).data
  return code
    ? { href: `/can-bo/ho-so/${code}/so-hoa`, of: 'copies' as const }
    : { href: '/can-bo/ky', of: 'acts' as const }
}

export default function PhoneWait() {
  const t = useT()
  const { back, stage, asked, code, papers, until, reason, before, outcome } = useLoaderData<typeof loader>()
  const goesOn = stage === 'waiting' || stage === 'signing'
  const title = t(goesOn ? 'signing.phone.waitTitle' : 'signing.phone.finished')
  useWatch(goesOn)
  return (
    <DeskPage>
      <Title>{title}</Title>
      <main id="noi-dung" className="pane pane--page phone-page">
        {/* Without script the browser asks again by itself. */}
        {goesOn && (
          <noscript>
            <meta httpEquiv="refresh" content="4" />
          </noscript>
        )}
        <h1 className="desk__title">{title}</h1>
        <Outcome outcome={before} />
        <div role="status">
          {stage === 'waiting' && (
            <>
              <p>{t('signing.phone.waitLead')}</p>
              <p className="phone__code">
                <span>{t('signing.phone.code')}</span> <b>{code}</b>
              </p>
              <p className="soft">
                {t('signing.phone.papers', { count: papers })}. {t('signing.phone.until', { time: until })}.
              </p>
              <ul className="phone__waits">
                {asked.map(({ key, applicant, what, code: dossier }) => (
                  <li key={key}>
                    <b>{applicant}</b>
                    <span className="small soft">{what}</span>
                    <span className="small faint code">{dossier}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {stage === 'signing' && (
            <Notice title={t('signing.phone.signing')}>{t('signing.phone.signingLead')}</Notice>
          )}
          {stage === 'declined' && (
            <Notice tone="warn" title={t('signing.phone.wasDeclined')}>
              {reason ?? t('signing.phone.noReason')}
            </Notice>
          )}
          {stage === 'expired' && (
            <Notice tone="warn" title={t('signing.phone.expired')}>
              {t('signing.phone.expiredLead')}
            </Notice>
          )}
        </div>
        <Outcome outcome={outcome} />
        <Choices stage={stage} back={back} />
      </main>
    </DeskPage>
  )
}

function Choices({ stage, back }: { stage: Stage; back: ReturnType<typeof backOf> }) {
  const t = useT()
  if (stage !== 'waiting' && stage !== 'signing')
    return (
      <p className="btn-row">
        <LinkButton href={back.href}>
          {t(back.of === 'copies' ? 'signing.phone.backToCopies' : 'signing.phone.back')}
        </LinkButton>
      </p>
    )
  return (
    <form method="post" className="btn-row">
      <LinkButton href="" kind="second" icon="rotate-cw">
        {t('signing.phone.waitRefresh')}
      </LinkButton>
      {stage === 'waiting' && (
        <Button name="_action" value="cancel" kind="quiet">
          {t('signing.phone.cancel')}
        </Button>
      )}
    </form>
  )
}
