import { deleteDraft } from 'motcua/modules/dossiers'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from 'react-router'
import { ButtonRow, LinkButton } from '../../ui/button'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Parts, type Step } from '../../ui/steps'
import { More } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { openFiling, stepsOf } from './filing-source'
import { pagePath } from './filing-steps'
import { savedText } from './form-page.view'

interface View {
  title: string
  justSaved: boolean
  savedAt: string
  steps: Step[]
  continueHref: string
}

/** Where a draft stands, and the way on: the page to come back to. */
export async function loader(args: LoaderFunctionArgs): Promise<View> {
  personOnly(args)
  const filing = await openFiling(args)
  const { draft, page, rules } = filing
  if (draft.submittedCode) throw redirect(pagePath(draft.id, 'xong'))
  const { locale, now } = page
  const steps = stepsOf(filing, '')
  const next = steps.find(({ state }) => state === 'todo') ?? steps.at(-1)!
  return {
    title: locale === 'en' ? rules.version.plainNameEn : rules.version.plainName,
    justSaved: new URL(args.request.url).searchParams.has('da-luu'),
    savedAt: savedText(draft.updatedAt, now, locale),
    steps,
    continueHref: pagePath(draft.id, next.key),
  }
}

export async function action(args: ActionFunctionArgs) {
  const person = personOnly(args)
  const { app } = pageContext(args)
  await deleteDraft(app.db.pool, person.personId, args.params.draftId ?? '')
  return redirect('/ho-so', 303)
}

export default function DraftPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('web.nav.mine'), href: '/ho-so' }, { label: view.title }]}>
      <Title>{`${t('filing.draft.title')} · ${view.title}`}</Title>
      <h1>{view.title}</h1>
      {view.justSaved ? (
        <div className="mt-5 max-w-xl">
          <Notice tone="ok" title={t('filing.draft.saved', { at: view.savedAt })} role="status">
            {t('filing.draft.saved-text')}
          </Notice>
        </div>
      ) : (
        <p className="lead mt-3">{t('filing.draft.lead', { at: view.savedAt })}</p>
      )}
      <div className="mt-5 mb-6 max-w-xl">
        <Parts steps={view.steps} />
      </div>
      <ButtonRow>
        <LinkButton size="start" href={view.continueHref} after="arrow-right">
          {t('filing.draft.continue')}
        </LinkButton>
      </ButtonRow>
      <div className="mt-6 max-w-xl">
        <More summary={t('filing.draft.drop')}>
          <p>{t('filing.draft.drop-text')}</p>
          <form method="post">
            <button className="btn btn--harm" type="submit">
              {t('filing.draft.drop-button')}
            </button>
          </form>
        </More>
      </div>
    </Main>
  )
}
