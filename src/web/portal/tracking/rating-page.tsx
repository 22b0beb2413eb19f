import { isRefusal, type Refusal } from 'motcua/kernel/errors'
import { findMessage } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { rate, ratingPage } from 'motcua/modules/feedback'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, LinkAction, LinkButton } from '../../ui/button'
import { ErrorSummary } from '../../ui/error-summary'
import { RadioGroup, TextArea } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { More } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { type RatingView, ratingInput, ratingView } from './rating.view'

type Loaded = { rating: RatingView; change: boolean } | { refused: string }

export async function loader(args: LoaderFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const page = await ratingPage(app.feedback, args.params.token ?? '', now)
  if (isRefusal(page)) {
    const refused = findMessage(locale, page.code) ?? page.code
    return data<Loaded>({ refused }, { status: httpStatus[page.kind] })
  }
  return data<Loaded>({ rating: ratingView(page, locale), change: args.url.searchParams.has('sua') })
}

interface Refused {
  text: string
  /** The grade is what is missing; everything else is told about the page. */
  field: boolean
  comment: string
}

export async function action(args: ActionFunctionArgs) {
  const { app, now, locale } = pageContext(args)
  const token = args.params.token ?? ''
  const input = ratingInput(await args.request.formData())
  const outcome = await rate(app.feedback, token, input, { now })
  if (!isRefusal(outcome)) return redirect(`/danh-gia/${token}`)
  const refused: Refused = {
    text: sentence(outcome, locale),
    field: outcome.kind === 'invalid',
    comment: input.comment ?? '',
  }
  return data(refused, { status: httpStatus[outcome.kind] })
}

const sentence = ({ code }: Refusal, locale: 'vi' | 'en') => findMessage(locale, code) ?? code

export default function RatingRoute({
  loaderData,
  actionData,
}: {
  loaderData: Loaded
  actionData?: Refused
}) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('tracking.rate') }]}>
      <Title>{t('tracking.rate')}</Title>
      <div className="max-w-xl">
        {'refused' in loaderData ? (
          <>
            <h1>{t('tracking.rating.cannot')}</h1>
            <div className="mt-5">
              <Notice tone="warn" title={loaderData.refused} />
            </div>
            <div className="mt-5">
              <LinkButton kind="second" href="/">
                {t('tracking.rating.home')}
              </LinkButton>
            </div>
          </>
        ) : loaderData.rating.thanks && !loaderData.change && !actionData ? (
          <Thanks rating={loaderData.rating} />
        ) : (
          <RatingForm rating={loaderData.rating} refused={actionData} />
        )}
      </div>
    </Main>
  )
}

function Thanks({ rating }: { rating: RatingView }) {
  const t = useT()
  return (
    <>
      <h1>{t('tracking.rating.thanksTitle')}</h1>
      <div className="mt-5">
        <Notice tone="ok" role="status" title={rating.thanks!.chosen}>
          {rating.thanks!.until}
        </Notice>
      </div>
      <div className="btn-row mt-5">
        <LinkButton href="/">{t('tracking.rating.home')}</LinkButton>
        {rating.open && (
          <LinkAction href="?sua" icon="pen-line">
            {t('tracking.rating.change')}
          </LinkAction>
        )}
      </div>
    </>
  )
}

function RatingForm({ rating, refused }: { rating: RatingView; refused?: Refused }) {
  const t = useT()
  return (
    <>
      {refused?.field && <ErrorSummary problems={[{ href: '#muc', text: refused.text }]} />}
      <h1>{t('feedback.title')}</h1>
      <p className="lead mt-3">{t('tracking.rating.lead', { code: rating.code })}</p>
      {refused && !refused.field && (
        <div className="mt-5">
          <Notice tone="warn" role="alert" title={refused.text} />
        </div>
      )}
      <form method="post" className="mt-5">
        <RadioGroup
          id="muc"
          name="grade"
          label={t('tracking.rating.question')}
          options={rating.grades}
          value={rating.grade}
          error={refused?.field ? refused.text : undefined}
        />
        <div className="mt-5">
          <More summary={t('tracking.rating.details')}>
            {rating.aspects.map(({ key, label, options, value }) => (
              <RadioGroup key={key} id={`muc-${key}`} name={`aspect.${key}`} {...{ label, options, value }} />
            ))}
          </More>
        </div>
        <div className="mt-5">
          <TextArea
            id="loi-them"
            name="comment"
            label={t('feedback.comment')}
            hint={t('tracking.rating.private')}
            defaultValue={refused?.comment ?? rating.comment}
            maxLength={2000}
          />
        </div>
        <div className="mt-5">
          <Button>{t('feedback.send')}</Button>
        </div>
      </form>
    </>
  )
}
