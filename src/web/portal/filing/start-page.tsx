import { isRefusal } from 'motcua/kernel/errors'
import { dateOfLaw } from 'motcua/kernel/time'
import { channelsOf } from 'motcua/modules/catalogue'
import { listAuthorities } from 'motcua/modules/directory'
import {
  type Draft,
  listDrafts,
  loadRules,
  nearRelatives,
  type PaperInput,
  startDraft,
} from 'motcua/modules/dossiers'
import { accountFacts, burden, prefill, registersFor } from 'motcua/modules/forms'
import { mayRepresent } from 'motcua/modules/identity'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { FileField, RadioGroup, Select, TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { carriedAnswers } from '../eligibility.view'
import { personOnly } from '../person-only'
import { filingOf, keep } from './filing-source'
import { pagePath } from './filing-steps'
import { refusalText } from './refusal-texts'
import { registerPapers } from './register-papers'
import {
  answersFromStart,
  computesAgency,
  defaultFor,
  homeAgency,
  readForWhom,
  type StartView,
  sexOf,
  startView,
} from './start-page.view'
import { mostText, postedForm, takeUploads, tooLargeText } from './uploads'

const tried = createContext<{ typed: Record<string, string>; problems: Problem[] } | null>(null)

export async function loader(args: LoaderFunctionArgs): Promise<StartView> {
  const facts = await factsOf(args)
  const result = args.context.get(tried)
  return startView(facts, result?.typed, result?.problems)
}

async function factsOf(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const { app, now, locale } = page
  const person = personOnly(args)
  const rules = await loadRules(app.db, args.params.code ?? '', now)
  if (isRefusal(rules)) throw data(null, { status: 404 })
  // What is done only at the counter is explained on the page of the procedure.
  if (!channelsOf(rules.version).includes('online')) throw redirect(`/thu-tuc/${rules.version.procedureCode}`)
  const { version, form } = rules
  const today = dateOfLaw(now)
  const [registers, drafts, agencies] = await Promise.all([
    registersFor(person.personalId, app.registers),
    listDrafts(app.db.pool, person.personId),
    listAuthorities(app.db, { kinds: [version.executing.kind], on: today }),
  ])
  const most = mostText(page)
  const same = drafts.filter(({ procedureCode }) => procedureCode === version.procedureCode)
  const { definition } = form.compiled
  const usual = readForWhom(
    { for: defaultFor(definition, version.parties === 'two', sexOf(registers)) },
    { person, locale },
  )
  const known =
    'filedFor' in usual
      ? answersFromStart(definition, usual.filedFor, homeAgency(registers, agencies), agencies)
      : {}
  const filled = prefill(form.compiled, { account: accountFacts(person), registers, answers: known, today })
  const effort = burden(form.compiled, filled.answers, filled.origins, { today })
  return {
    version,
    definition,
    person,
    registers,
    drafts: same,
    agencies,
    locale,
    most,
    expected: filled.answers,
    effort,
  }
}

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const facts = await factsOf(args)
  const { person, version, registers, definition, agencies, locale } = facts
  const form = await postedForm(args.request, pageContext(args))
  const typed = Object.fromEntries(
    [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  )
  const again = (problems: Problem[]) => {
    args.context.set(tried, { typed, problems })
    return data(null, { status: 422 })
  }
  const tooLarge = tooLargeText(form, page)
  if (tooLarge) return again([{ href: '#proof', text: tooLarge }])
  const proof =
    typed.for === 'relative'
      ? await takeUploads(page, person, form, 'proof', 'authorisation')
      : { files: [], refusals: [] }
  if (proof.refusals.length > 0) return again(proof.refusals.map((text) => ({ href: '#proof', text })))
  const read = readForWhom(typed, { person, locale, proofFileId: proof.files[0]?.fileId })
  if ('problems' in read) return again(read.problems)
  const rule = {
    procedureNotAllowed: version.parties === 'two',
    today: dateOfLaw(page.now),
    relationsWithoutProof: nearRelatives,
  }
  const allowed = mayRepresent(person, read.filedFor, rule)
  if (isRefusal(allowed)) return again([{ href: '#for', text: refusalText(allowed, locale) }])
  const account = accountFacts(person)
  const draft = await startDraft(page.app.db, {
    personId: person.personId,
    procedureCode: version.procedureCode,
    filedFor: read.filedFor,
    account,
    registers,
    now: page.now,
  })
  if (isRefusal(draft)) return again([{ href: '#for', text: refusalText(draft, locale) }])
  const agency = typed.receiving || homeAgency(registers, agencies)
  const known = {
    ...answersFromStart(definition, read.filedFor, agency, agencies),
    ...carriedAnswers(version, definition, new URL(args.request.url).searchParams),
  }
  await complete(
    args,
    draft,
    known,
    agency,
    proof.files.map((file) => ({ ...file, component: 'authorisation', source: 'upload' as const })),
  )
  return redirect(pagePath(draft.id, definition.pages[0]!.key), 303)
}

async function complete(
  args: ActionFunctionArgs,
  draft: Draft,
  known: Record<string, unknown>,
  agency: string | undefined,
  proofs: PaperInput[],
) {
  const page = pageContext(args)
  const filing = await filingOf(page, personOnly(args), draft)
  const has = (component: string) => filing.rules.version.components.some(({ key }) => key === component)
  const papers = [
    ...proofs
      .filter(({ component }) => has(component))
      .map(({ component, fileId, sha256, name, mediaType, source }) => ({
        component,
        fileId,
        sha256,
        name,
        mediaType,
        source,
      })),
    ...(await registerPapers(filing)),
  ]
  const asked = !computesAgency(filing.form.definition) && filing.agencies.some(({ code }) => code === agency)
  const receiving = asked ? agency : undefined
  await keep(filing, { answers: { ...known, ...filing.answers }, papers, ...(receiving && { receiving }) })
}

export default function StartPage({ loaderData: view }: { loaderData: StartView }) {
  const t = useT()
  const crumbs = [
    { label: t('web.nav.procedures'), href: '/tim' },
    { label: view.title, href: `/thu-tuc/${view.code}` },
    { label: t('filing.start.crumb') },
  ]
  return (
    <Main crumbs={crumbs}>
      <Title>{`${t('filing.start.crumb')} · ${view.title}`}</Title>
      <ErrorSummary problems={view.problems} />
      <div className="two form-two">
        <div>
          <p className="small faint">{view.title}</p>
          <h1>{t('filing.start.title')}</h1>
          <p className="saved">
            <Icon name="database" />
            <span>{view.effort}</span>
          </p>
          {view.drafts.length > 0 && <Drafts drafts={view.drafts} />}
          <form method="post" encType="multipart/form-data" noValidate className="start-form mt-5">
            <ForWhom view={view} />
            {view.agencies && (
              <Select
                id="receiving"
                name="receiving"
                label={t('filing.review.settles')}
                hint={t('filing.review.settles-hint')}
                options={view.agencies}
                defaultValue={view.values.receiving}
                error={view.errors.receiving}
                width="full"
              />
            )}
            <div className="mt-6">
              <ButtonRow>
                <Button size="start">{t('filing.start.begin')}</Button>
              </ButtonRow>
            </div>
          </form>
        </div>
        <Ready view={view} />
      </div>
    </Main>
  )
}

function Drafts({ drafts }: { drafts: StartView['drafts'] }) {
  const t = useT()
  return (
    <div className="mt-5">
      <Notice title={t('filing.start.unfinished', { count: drafts.length })}>
        <ul className="list">
          {drafts.map(({ href, text }) => (
            <li key={href}>
              <a className="link-action" href={href}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

// The questions about a relative stand in the page and are shown when they matter, without a script.
function ForWhom({ view }: { view: StartView }) {
  const t = useT()
  const { values, errors } = view
  return (
    <>
      <RadioGroup
        id="for"
        name="for"
        label={t('filing.start.for-whom')}
        hint={view.onlySelf ? t('filing.start.only-self') : undefined}
        error={errors.for}
        options={view.forWhom}
        value={values.for}
      />
      {!view.onlySelf && (
        <div className="start-form__relative">
          <TextField
            id="name"
            name="name"
            label={t('filing.start.name')}
            error={errors.name}
            defaultValue={values.name}
            autoComplete="off"
            maxLength={300}
          />
          <TextField
            id="personalId"
            name="personalId"
            label={t('filing.start.personal-id')}
            hint={t('filing.start.personal-id-hint')}
            error={errors.personalId}
            optional
            code
            width="mid"
            inputMode="numeric"
            defaultValue={values.personalId}
            autoComplete="off"
          />
          <Select
            id="relation"
            name="relation"
            label={t('filing.start.relation')}
            error={errors.relation}
            options={view.relations}
            defaultValue={values.relation}
            width="mid"
          />
          <FileField
            id="proof"
            name="proof"
            label={t('filing.start.proof')}
            hint={t('filing.start.proof-hint')}
            error={errors.proof}
            optional
            most={view.most}
          />
        </div>
      )}
    </>
  )
}

function Ready({ view }: { view: StartView }) {
  const t = useT()
  return (
    <aside className="stack-l stick" aria-label={t('filing.start.ready')}>
      <section>
        <h2 className="side">{t('filing.start.known')}</h2>
        <p className="small soft">{t('filing.start.known-text')}</p>
        <ul className="ticks">
          {view.knownFrom.map((source) => (
            <li key={source}>
              <Icon name="database" />
              {source}
            </li>
          ))}
        </ul>
        {view.silent.length > 0 && (
          <p className="small soft mt-3">{t('filing.start.silent', { sources: view.silent.join(', ') })}</p>
        )}
      </section>
      <section>
        <h2 className="side">{t('filing.start.prepare')}</h2>
        {view.prepare.length === 0 ? (
          <p className="small soft">{t('web.procedure.prepareNone')}</p>
        ) : (
          <ul className="list small">
            {view.prepare.map(({ name, tag }) => (
              <li key={name}>
                {name} <span className="soft">({tag.toLowerCase()})</span>
              </li>
            ))}
          </ul>
        )}
        <p className="small soft mt-3">{t('filing.start.saved')}</p>
      </section>
    </aside>
  )
}
