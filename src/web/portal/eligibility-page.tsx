import { dateOfLaw } from 'motcua/kernel/time'
import { findVersion } from 'motcua/modules/catalogue'
import { pageContext } from 'motcua/web/context'
import { data, type LoaderFunctionArgs } from 'react-router'
import { Button, ButtonRow, LinkAction, LinkButton } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { DateField, RadioGroup, TextField } from '../ui/fields'
import { Main } from '../ui/frame'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { type EligibilityView, eligibilityView } from './eligibility.view'

/** Whether a procedure fits, one question a page, before anybody signs in; the answers stay in the address. */
export async function loader(args: LoaderFunctionArgs): Promise<EligibilityView> {
  const { app, now, locale } = pageContext(args)
  const today = dateOfLaw(now)
  const version = await findVersion(app.db, args.params.code ?? '', today)
  if (!version || version.eligibility.length === 0) throw data(null, { status: 404 })
  const codes = version.eligibility.flatMap(({ stop }) => stop?.procedureCode ?? [])
  const found = await Promise.all(codes.map((code) => findVersion(app.db, code, today)))
  const others = new Map(
    found.flatMap((each) =>
      each ? [[each.procedureCode, locale === 'en' ? each.plainNameEn : each.plainName] as const] : [],
    ),
  )
  return eligibilityView(version, args.url.searchParams, { today, locale, others })
}

export default function EligibilityPage({ loaderData: view }: { loaderData: EligibilityView }) {
  const t = useT()
  const crumbs = [
    { label: t('web.nav.procedures'), href: '/tim' },
    { label: view.title, href: `/thu-tuc/${view.code}` },
    { label: t('eligibility.title') },
  ]
  return (
    <Main crumbs={crumbs}>
      <Title>{`${t('eligibility.title')} · ${view.title}`}</Title>
      <div className="max-w-3xl">
        {view.asked?.unanswered && (
          <ErrorSummary problems={[{ href: '#tra-loi', text: t('eligibility.unanswered') }]} />
        )}
        <p className="small faint">{view.title}</p>
        {view.asked && <Ask view={view} asked={view.asked} />}
        {view.outcome && <Outcome view={view} outcome={view.outcome} />}
        {view.answered.length > 0 && <Answered view={view} />}
      </div>
    </Main>
  )
}

function Ask({ view, asked }: { view: EligibilityView; asked: NonNullable<EligibilityView['asked']> }) {
  const t = useT()
  const { key, name, question, help, type, options, unanswered, typed } = asked
  const field = {
    ...{ id: 'tra-loi', name, label: question },
    ...(help !== null && { hint: help }),
    ...(unanswered && { error: t('eligibility.unanswered') }),
  }
  return (
    <form method="get" action={`/thu-tuc/${view.code}/co-duoc-khong`} noValidate>
      <h1 className="vh">{t('eligibility.title')}</h1>
      <p className="soft">{t('eligibility.progress', { no: view.no, of: view.of })}</p>
      {view.given.map(({ name: given, value }) => (
        <input key={given} type="hidden" name={given} value={value} />
      ))}
      <input type="hidden" name="hoi" value={key} />
      <div className="mt-5">
        {type === 'date' && <DateField {...field} value={typed} />}
        {type === 'number' && (
          <TextField {...field} inputMode="numeric" width="short" maxLength={10} defaultValue={typed.text} />
        )}
        {(type === 'choice' || type === 'yes-no') && <RadioGroup {...field} options={options} />}
      </div>
      <div className="mt-6">
        <ButtonRow>
          <Button size="start">{t('eligibility.next')}</Button>
        </ButtonRow>
      </div>
      <p className="small soft mt-5">{t('eligibility.notKept')}</p>
    </form>
  )
}

function Outcome({
  view,
  outcome,
}: {
  view: EligibilityView
  outcome: NonNullable<EligibilityView['outcome']>
}) {
  const t = useT()
  if (outcome.can) {
    return (
      <>
        <h1>{t('eligibility.can')}</h1>
        <p className="lead mt-3">{t('eligibility.canText')}</p>
        <div className="mt-5">
          <LinkButton size="start" after="arrow-right" href={outcome.begin}>
            {t('web.procedure.begin')}
          </LinkButton>
        </div>
        <p className="mt-4">
          <LinkAction href={`/thu-tuc/${view.code}`}>{t('eligibility.back')}</LinkAction>
        </p>
      </>
    )
  }
  return (
    <>
      <h1>{t('eligibility.cannot')}</h1>
      <div className="mt-5">
        <Notice tone="warn" title={outcome.text}>
          {outcome.instead ?? undefined}
        </Notice>
      </div>
      {outcome.other && (
        <p className="mt-4">
          <LinkAction href={outcome.other.href}>
            {t('eligibility.other', { title: outcome.other.title })}
          </LinkAction>
        </p>
      )}
      <p className="soft mt-4">{t('eligibility.notDecision')}</p>
      <p className="mt-4">
        <LinkAction href="/trung-tam" icon="users">
          {t('web.procedure.helper')}
        </LinkAction>
      </p>
      <p className="mt-2">
        <LinkAction href={`/thu-tuc/${view.code}`}>{t('eligibility.back')}</LinkAction>
      </p>
    </>
  )
}

function Answered({ view }: { view: EligibilityView }) {
  const t = useT()
  return (
    <section className="section">
      <h2>{t('eligibility.answered')}</h2>
      <dl className="summary mt-4">
        {view.answered.map(({ key, question, answer, change }) => (
          <div key={key}>
            <dt className="soft">{question}</dt>
            <dd className="mb-4">
              <b>{answer}</b>{' '}
              <a className="link-action" href={change}>
                {t('eligibility.change')}
                <span className="vh">: {question}</span>
              </a>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
