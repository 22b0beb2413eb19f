import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, type MessageParams, messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { dateOfLaw } from 'motcua/kernel/time'
import { listAuthorities } from 'motcua/modules/directory'
import { fileState } from 'motcua/modules/documents'
import { type ItemCheck, type OwnItem, stateOn } from 'motcua/modules/vault'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction, LinkButton } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { Checkbox, DateField, RadioGroup, TextField } from '../../ui/fields'
import { dateText, momentText } from '../../ui/format'
import { Main } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { useT } from '../../ui/shell'
import { StateTag } from '../../ui/state'
import { SummaryList } from '../../ui/summary-list'
import { More } from '../../ui/timeline'
import { Title } from '../../ui/title'
import { postedForm } from '../filing/uploads'
import { personOnly } from '../person-only'
import { SignatureLines } from '../tracking/verify-file'
import { type SignatureLine, signatureLines } from '../tracking/verify-signatures.view'
import { ReadList } from './item-row'
import { type ItemLine, lineOf, type ReadLine, readLines, type ShareLine, shareLines } from './vault.view'
import { namesOfReads, officeNamed } from './vault-source'

type DateParts = { day: string; month: string; year: string }
interface Typed {
  withKind: string
  withId: string
  withName: string
  purpose: string
  until: DateParts
  mayUse: boolean
}

interface View {
  line: ItemLine
  query: string
  rows: { label: string; text: string }[]
  evidence: Evidence
  /** That its owner removed it: then there is nothing to open, share or remove. */
  removed: { title: string; text: string } | null
  preview: 'image' | 'document' | null
  /** Address of the PDF/A that was made of a photo or text. */
  pdfHref: string | null
  replacedBy: string | null
  uses: { code: string; when: string }[]
  shares: ShareLine[]
  reads: ReadLine[]
  /** What its owner may do with it. */
  mayShare: boolean
  /** Names of offices that a paper can be shared with. */
  offices: string[]
  removal: 'remove' | 'hide' | 'show'
  done: string | null
  typed: Typed
  problems: Problem[]
}

const tried = createContext<{ typed: Typed; problems: Problem[] } | null>(null)
const acts = ['shared', 'ended', 'hidden', 'shown'] as const

async function ownItem(args: LoaderFunctionArgs): Promise<{ page: PageContext; own: OwnItem }> {
  const page = pageContext(args)
  const own = await page.app.vault.own(personOnly(args), args.params.id ?? '')
  if (isRefusal(own)) throw data(null, { status: 404 })
  return { page, own }
}

export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const { page, own } = await ownItem(args)
  const { locale, now } = page
  const t = messages(locale)
  const today = dateOfLaw(now)
  const { item } = own
  const line = lineOf(item, today, locale)
  const done = acts.find((act) => args.url.searchParams.get('xong') === act)
  const result = args.context.get(tried)
  const self = personOnly(args).personId
  return {
    line,
    query: item.ownerKind === 'organisation' ? `?${new URLSearchParams({ 'to-chuc': item.ownerId })}` : '',
    rows: rowsOf(own, page).filter(({ text }) => text !== ''),
    evidence: await evidenceOf(page, own),
    removed: own.removal
      ? {
          title: t('vault.removed.title', { time: momentText(own.removal.at, locale) }),
          text: t(`vault.removed.${own.removal.content}`),
        }
      : null,
    preview: /^image\/(jpeg|png|webp)$/.test(item.mediaType)
      ? 'image'
      : item.mediaType === 'application/pdf'
        ? 'document'
        : null,
    pdfHref: own.file?.conversion === 'done' ? `/kho/giay/${item.id}?pdf=1` : null,
    replacedBy: item.replacedBy ? `/kho/${item.replacedBy}` : null,
    uses: own.uses.map(({ dossierCode, usedAt }) => ({ code: dossierCode, when: dateText(usedAt) })),
    shares: shareLines(own.shares, today, locale),
    reads: readLines(own.reads, await namesOfReads(page, own.reads), { self, locale, withItem: false }),
    mayShare: stateOn(item, today) === 'valid' && !item.hidden,
    offices: (await listAuthorities(page.app.db, { on: today })).map(({ name }) => name),
    removal: item.trust === 'own-upload' ? 'remove' : item.hidden ? 'show' : 'hide',
    done: done ? t(sentences[done]) : null,
    typed: result?.typed ?? emptyTyped,
    problems: result?.problems ?? [],
  }
}

interface Evidence {
  text: string
  /** When the signatures were looked at. */
  checked: string[]
  signatures: SignatureLine[]
  href: string | null
  hash: string | null
}

/** Who signed a paper and what that is worth, in words. */
async function evidenceOf(
  { app, actor, locale }: PageContext,
  { item, document }: OwnItem,
): Promise<Evidence> {
  const t = messages(locale)
  const check = await app.vault.check(actor, item.id)
  const signatures = check ? signatureLines(check.report, document?.signatures ?? [], locale) : []
  const moment = (at: string) => momentText(at, locale)
  return {
    text: t(evidenceText(item, check?.report)),
    checked:
      signatures.length === 0
        ? []
        : [
            ...(check?.receivedAt ? [t('vault.evidence.received', { time: moment(check.receivedAt) })] : []),
            t('vault.evidence.now', { time: moment(check!.report.checkedAt) }),
          ],
    signatures,
    href: document ? `/xac-minh/${document.verifyCode}` : null,
    hash: item.sha256,
  }
}

function evidenceText({ trust, sha256 }: OwnItem['item'], report: ItemCheck['report'] | undefined) {
  if (trust === 'issued' && sha256 === null) return 'vault.item.not-printed'
  const official = trust !== 'own-upload'
  switch (report?.verdict) {
    case 'valid':
    case 'valid-with-notes':
      return official ? 'vault.evidence.valid' : 'vault.evidence.validUpload'
    case 'invalid':
      return 'vault.evidence.invalid'
    default:
      return official ? 'vault.evidence.unsigned' : 'vault.item.no-evidence'
  }
}

const sentences = {
  shared: 'vault.share.done',
  ended: 'vault.share.ended-done',
  hidden: 'vault.remove.hidden',
  shown: 'vault.remove.shown',
} as const

const emptyTyped: Typed = {
  ...{ withKind: 'organisation', withId: '', withName: '', purpose: '' },
  ...{ until: { day: '', month: '', year: '' }, mayUse: false },
}

function rowsOf({ item, file }: OwnItem, { locale }: PageContext) {
  const t = messages(locale)
  const { number, issuedOn, issuer, fields, dossierCode, addedAt, trust } = item
  return [
    { label: t('vault.item.subject'), text: fields.subject ?? '' },
    { label: t('vault.item.number'), text: number ?? '' },
    { label: t('vault.item.issuedOn'), text: issuedOn ? dateText(issuedOn) : '' },
    { label: t('vault.item.issuer'), text: issuer ?? '' },
    { label: t('vault.item.trust'), text: t(`vault.trust.${trust}`) },
    { label: t('vault.item.file'), text: file && trust === 'own-upload' ? fileState(file, locale).text : '' },
    { label: t('vault.item.source'), text: dossierCode ?? '' },
    { label: t('vault.item.added'), text: momentText(addedAt, locale) },
  ]
}

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const person = personOnly(args)
  const { vault } = page.app
  const id = args.params.id ?? ''
  const form = await postedForm(args.request)
  const act = String(form.get('_action') ?? '')
  const back = (done: (typeof acts)[number]) => redirect(`/kho/${encodeURIComponent(id)}?xong=${done}`, 303)
  if (act === 'remove') {
    const { own } = await ownItem(args)
    const became = await vault.remove(person, id)
    if (isRefusal(became)) throw data(null, { status: httpStatus[became.kind] })
    if (became === 'hidden') return back('hidden')
    const query = new URLSearchParams(
      own.item.ownerKind === 'organisation' ? { 'to-chuc': own.item.ownerId } : {},
    )
    query.set('da-xoa', '1')
    return redirect(`/kho?${query}`, 303)
  }
  if (act === 'show') {
    const shown = await vault.show(person, id)
    if (isRefusal(shown)) throw data(null, { status: httpStatus[shown.kind] })
    return back('shown')
  }
  if (act.startsWith('end:')) {
    const ended = await vault.endShare(person, act.slice('end:'.length))
    // Pressed twice, it has ended all the same.
    if (isRefusal(ended) && ended.code !== 'vault.share-ended')
      throw data(null, { status: httpStatus[ended.kind] })
    return back('ended')
  }
  const asked = readShare(form)
  const office = asked.withKind === 'authority' ? await officeNamed(page, asked.withId) : undefined
  const typed = office ? { ...asked, withId: office } : asked
  const { day, month, year } = typed.until
  const until = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const shared = await vault.share(person, id, { ...typed, withName: typed.withName || typed.withId, until })
  if (!isRefusal(shared)) return back('shared')
  if (shared.kind === 'not-found') throw data(null, { status: 404 })
  const problems = problemsOf(shared, page)
  args.context.set(tried, { typed: asked, problems })
  return data(null, { status: httpStatus[shared.kind] })
}

function readShare(form: FormData): Typed {
  const text = (name: string) =>
    String(form.get(name) ?? '')
      .normalize('NFC')
      .trim()
      .slice(0, 500)
  return {
    withKind: text('withKind'),
    withId: text('withKind') === 'authority' ? text('withId') : text('withId').replace(/\s/g, ''),
    withName: text('withName'),
    purpose: text('purpose'),
    until: { day: text('until.day'), month: text('until.month'), year: text('until.year') },
    mayUse: form.has('mayUse'),
  }
}

const inputs: Record<string, string> = {
  withKind: 'noi-nhan',
  withId: 'ma-nhan',
  withName: 'ten-nhan',
  purpose: 'muc-dich',
  until: 'den-ngay',
}
const inputOf: Record<string, string> = {
  'vault.unknown-receiver': 'ma-nhan',
  'vault.until-past': 'den-ngay',
  'vault.until-too-far': 'den-ngay',
}

function problemsOf(refusal: { code: string; details: unknown }, { locale }: PageContext): Problem[] {
  const details = refusal.details as MessageParams & { fields?: string[]; latest?: string }
  if (refusal.code === 'vault.invalid-input')
    return (details.fields ?? []).map((field) => ({
      href: `#${inputs[field] ?? 'ma-nhan'}`,
      text: messages(locale)('vault.share.fill', {
        field: messages(locale)(fieldLabels[field] ?? 'vault.share.id'),
      }),
    }))
  const shown = details.latest ? { ...details, latest: dateText(details.latest) } : details
  return [
    {
      href: `#${inputOf[refusal.code] ?? 'noi-dung'}`,
      text: findMessage(locale, refusal.code, shown as MessageParams) ?? refusal.code,
    },
  ]
}

const fieldLabels: Record<
  string,
  'vault.share.with' | 'vault.share.id' | 'vault.share.name' | 'vault.share.purpose' | 'vault.share.until'
> = {
  withKind: 'vault.share.with',
  withId: 'vault.share.id',
  withName: 'vault.share.name',
  purpose: 'vault.share.purpose',
  until: 'vault.share.until',
}

export default function ItemPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  const { line, evidence } = view
  return (
    <Main crumbs={[{ label: t('vault.title'), href: `/kho${view.query}` }, { label: line.name }]}>
      <Title>{`${line.name} · ${t('vault.title')}`}</Title>
      <ErrorSummary problems={view.problems} />
      <h1>{line.name}</h1>
      {!view.removed && (
        <p className="mt-3">
          <StateTag state={line.state.kind}>{line.state.text}</StateTag>
        </p>
      )}
      <div className="mt-5 max-w-3xl stack-l">
        {view.removed && <Notice title={view.removed.title}>{view.removed.text}</Notice>}
        {view.done && <Notice tone="ok" role="status" title={view.done} />}
        {view.replacedBy && (
          <p>
            <LinkAction href={view.replacedBy} icon="arrow-right">
              {t('vault.item.replacedBy')}
            </LinkAction>
          </p>
        )}
        <section aria-labelledby="ve-giay">
          <h2 id="ve-giay">{t('vault.item.about')}</h2>
          <div className="mt-3">
            <SummaryList rows={view.rows} />
          </div>
          {!view.removed && (
            <div className="mt-4">
              <Preview view={view} />
            </div>
          )}
        </section>
        {!view.removed && <EvidenceFound evidence={evidence} />}
        <section aria-labelledby="da-dung">
          <h2 id="da-dung">{t('vault.item.uses')}</h2>
          {view.uses.length === 0 ? (
            <p className="soft mt-2">{t('vault.item.uses-none')}</p>
          ) : (
            <ul className="rows mt-3">
              {view.uses.map(({ code, when }) => (
                <li key={code}>
                  <a className="rows__link" href={`/ho-so/${code}`}>
                    <span>
                      <b className="code">{code}</b>
                      <small className="num">{when}</small>
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          )}
        </section>
        {(!view.removed || view.shares.length > 0) && <Shares view={view} />}
        <section aria-labelledby="ai-doc">
          <h2 id="ai-doc">{t('vault.reads-title')}</h2>
          <p className="small soft mt-2">{t('vault.reads-lead')}</p>
          <ReadList reads={view.reads} none={t('vault.reads-none')} />
        </section>
        {!view.removed && <Removal how={view.removal} />}
      </div>
    </Main>
  )
}

function EvidenceFound({ evidence }: { evidence: Evidence }) {
  const t = useT()
  return (
    <section aria-labelledby="xac-minh">
      <h2 id="xac-minh">{t('vault.item.evidence')}</h2>
      <p className="mt-2">{evidence.text}</p>
      <SignatureLines lines={evidence.signatures} />
      {evidence.checked.map((text) => (
        <p key={text} className="mt-2 small soft">
          {text}
        </p>
      ))}
      {evidence.href && (
        <p className="mt-2">
          <LinkAction href={evidence.href}>{t('vault.item.evidence-link')}</LinkAction>
        </p>
      )}
      {evidence.hash && (
        <div className="mt-3">
          <More summary={t('vault.item.hash')}>
            <p className="small soft">{t('vault.item.hash-text')}</p>
            <code className="vault-hash">{evidence.hash}</code>
          </More>
        </div>
      )}
    </section>
  )
}

// Looking is a read like any other, so the paper is fetched only when its owner unfolds it.
function Preview({ view: { line, preview, pdfHref } }: { view: View }) {
  const t = useT()
  const src = `/kho/giay/${line.id}?xem=1`
  return (
    <>
      <ButtonRow>
        <LinkButton href={src} icon="file-text">
          {t('vault.item.open')}
        </LinkButton>
        {pdfHref && <LinkAction href={pdfHref}>{t('vault.item.open-pdf')}</LinkAction>}
      </ButtonRow>
      {preview && (
        <div className="mt-4">
          <More summary={t('vault.item.preview', { name: line.name })}>
            {preview === 'image' ? (
              <img className="vault-preview" src={src} alt={line.name} loading="lazy" />
            ) : (
              <iframe className="vault-preview" src={src} title={line.name} loading="lazy" />
            )}
          </More>
        </div>
      )}
    </>
  )
}

function Shares({ view }: { view: View }) {
  const t = useT()
  const { shares, typed, problems } = view
  const errorAt = (id: string) => problems.find(({ href }) => href === `#${id}`)?.text
  return (
    <section aria-labelledby="chia-se">
      <h2 id="chia-se">{t('vault.shares-title')}</h2>
      {shares.length === 0 && <p className="soft mt-2">{t('vault.shares-none')}</p>}
      {shares.length > 0 && (
        <form method="post">
          <ul className="vault-reads mt-3">
            {shares.map(({ id, name, text, inForce, state }) => (
              <li key={id}>
                <b>{name}</b>
                <small>{text}</small>
                <small className="soft">{state}</small>
                {inForce && (
                  <button
                    className="btn btn--second btn--small mt-2"
                    type="submit"
                    name="_action"
                    value={`end:${id}`}
                  >
                    {t('vault.share.end')}
                    <span className="vh"> {t('vault.share.end-of', { name })}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </form>
      )}
      {view.mayShare && (
        <div className="mt-4">
          <More summary={t('vault.share.title')} open={problems.length > 0}>
            <form method="post" noValidate className="stack max-w-xl">
              <RadioGroup
                id="noi-nhan"
                name="withKind"
                label={t('vault.share.with')}
                value={typed.withKind}
                error={errorAt('noi-nhan')}
                options={[
                  { value: 'organisation', label: t('vault.share.organisation') },
                  { value: 'authority', label: t('vault.share.authority') },
                  { value: 'person', label: t('vault.share.person') },
                ]}
              />
              <TextField
                id="ma-nhan"
                name="withId"
                label={t('vault.share.id')}
                hint={t('vault.share.id-hint')}
                defaultValue={typed.withId}
                error={errorAt('ma-nhan')}
                maxLength={200}
                list="cac-co-quan"
              />
              <datalist id="cac-co-quan">
                {view.offices.map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
              <TextField
                id="ten-nhan"
                name="withName"
                label={t('vault.share.name')}
                defaultValue={typed.withName}
                error={errorAt('ten-nhan')}
                maxLength={200}
                optional
              />
              <TextField
                id="muc-dich"
                name="purpose"
                label={t('vault.share.purpose')}
                defaultValue={typed.purpose}
                error={errorAt('muc-dich')}
                maxLength={300}
              />
              <DateField
                id="den-ngay"
                name="until"
                label={t('vault.share.until')}
                value={typed.until}
                error={errorAt('den-ngay')}
              />
              <Checkbox id="duoc-nop" name="mayUse" label={t('vault.share.mayUse')} checked={typed.mayUse} />
              <ButtonRow>
                <Button name="_action" value="share">
                  {t('vault.share.send')}
                </Button>
              </ButtonRow>
            </form>
          </More>
        </div>
      )}
    </section>
  )
}

function Removal({ how }: { how: View['removal'] }) {
  const t = useT()
  const texts = {
    remove: { text: t('vault.remove.own-text'), button: t('vault.remove.own') },
    hide: { text: t('vault.remove.hide-text'), button: t('vault.remove.hide') },
    show: { text: t('vault.remove.hide-text'), button: t('vault.remove.show') },
  }[how]
  return (
    <section aria-labelledby="bo-giay">
      <h2 id="bo-giay">{t('vault.remove.title')}</h2>
      <p className="mt-2">{texts.text}</p>
      <form method="post" className="mt-3">
        <Button
          kind={how === 'remove' ? 'harm' : 'second'}
          name="_action"
          value={how === 'show' ? 'show' : 'remove'}
        >
          {texts.button}
        </Button>
      </form>
    </section>
  )
}
