import { findMessage } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import type { Officer } from 'motcua/modules/identity'
import { changeSigner, endTrust, findSignerRow, giveImage, trustCertificate } from 'motcua/modules/signatures'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Button, LinkAction } from '../ui/button'
import { TextField } from '../ui/fields'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { StateTag } from '../ui/state'
import { Title } from '../ui/title'
import { DeskPage } from './desk-page'
import styles from './means.css?url'
import { keepsTrust, type Means, managedBy, meansPage, problemOf, signsPapers } from './means-source'
import { officerOf } from './officer'
import { NotDone } from './outcome'
import { Secret } from './secret'
import { authorisationIn } from './signing-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** By what an officer signs; for who runs a house also its seal and its officers; for control whom we believe. */
export async function loader(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const untried = new URL(args.request.url).searchParams.get('ky-thu')
  const shown = await meansPage(page, officerOf(args))
  return { ...shown, untried: untried && findMessage(page.locale, untried) }
}

const Trust = z.object({
  name: z.string().trim().min(1).max(200),
  from: z.iso.date(),
  to: z.iso.date().or(z.literal('')),
})

/** Each act by whoever may: one's own means are chosen and pictured, those of others locked, opened and ended. */
export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const form = await args.request.formData()
  const asked = String(form.get('_action'))
  const done = await (asked.startsWith('trust')
    ? actOnTrust(page, officer, asked, form)
    : asked === 'phone'
      ? addPhone(page, officer)
      : actOnMeans(page, officer, asked, form))
  const problem = problemOf(done, page)
  return problem ? data({ problem }, { status: 422 }) : redirect('/can-bo/chu-ky')
}

const denied = () => data(null, { status: 403 })
const byOf = ({ officerId, name }: Officer) => ({ officerId, name })

async function actOnMeans(page: PageContext, officer: Officer, asked: string, form: FormData) {
  const { app, now } = page
  const id = z.uuid().safeParse(form.get('id')).data
  const signer = id && (await findSignerRow(app.db, id))
  if (!signer) throw data(null, { status: 404 })
  const own = signer.owner.kind === 'officer' && signer.owner.id === officer.officerId
  const managed =
    !own &&
    (await managedBy(page, officer)).some(
      (each) => each.kind === signer.owner.kind && each.id === signer.owner.id,
    )
  const by = byOf(officer)
  if (asked === 'chosen' && own) return changeSigner(app.db, { id: signer.id, act: 'chosen', by }, now)
  if (asked === 'tried' && (own || managed)) {
    const { authorisation = {} } = authorisationIn(form)
    return app.signatures.tryRemote({ signerId: signer.id, authorisation, by })
  }
  if (asked === 'image' && (own || (managed && signer.owner.kind === 'authority')))
    return giveImage(app.db, { id: signer.id, bytes: await bytesIn(form, 'image'), by }, now)
  if ((asked === 'locked' || asked === 'unlocked' || asked === 'ended') && managed)
    return changeSigner(app.db, { id: signer.id, act: asked, by }, now)
  throw denied()
}

/** A demonstration gives who signs a key on their phone; elsewhere keys come from a provider. */
async function addPhone({ app, now }: PageContext, officer: Officer) {
  if (!app.config.demonstration.on || !signsPapers(officer)) throw denied()
  const { officerId: id, name } = officer
  const phone = await app.signatures.mobileSignerFor({ kind: 'officer', id, name })
  return phone && changeSigner(app.db, { id: phone.id, act: 'chosen', by: byOf(officer) }, now)
}

async function actOnTrust(page: PageContext, officer: Officer, asked: string, form: FormData) {
  const { app, now } = page
  if (!(await keepsTrust(page, officer))) throw denied()
  const by = byOf(officer)
  if (asked === 'trust-ended') {
    const sha256 = String(form.get('sha256'))
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw data(null, { status: 404 })
    return endTrust(app.db, { sha256, on: dateOfLaw(now), by }, now)
  }
  const read = Trust.safeParse(
    Object.fromEntries(['name', 'from', 'to'].map((each) => [each, form.get(each) ?? ''])),
  )
  if (!read.success) return { kind: 'invalid', code: 'signatures.bad-days', details: {} } as never
  const { name, from, to } = read.data
  const bytes = await bytesIn(form, 'certificate')
  return trustCertificate(app.db, { bytes, name, from, to: to || null, by }, now)
}

async function bytesIn(form: FormData, field: string): Promise<Uint8Array> {
  const file = form.get(field)
  // More than anything that is asked for here is not even read.
  if (!(file instanceof File) || file.size > 1024 * 1024) return new Uint8Array()
  return new Uint8Array(await file.arrayBuffer())
}

export default function MeansOfSigning({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const { means, mayAddPhone, remote, untried, short, trusts, trusted, acts, today } =
    useLoaderData<typeof loader>()
  return (
    <DeskPage>
      <Title>{t('signing.means.title')}</Title>
      <main id="noi-dung" className="pane pane--page means">
        <h1 className="desk__title">{t('signing.means.title')}</h1>
        <NotDone problem={actionData?.problem} />
        {untried && <Notice tone="bad" role="alert" title={untried} />}
        {short && <Notice tone="warn" title={short} />}
        <List title={t('signing.means.own')} means={means.filter(({ own }) => own)} />
        {mayAddPhone && (
          <form method="post">
            <Button name="_action" value="phone" kind="second" icon="phone">
              {t('signing.means.addPhone')}
            </Button>
          </form>
        )}
        <p>
          <LinkAction href="/can-bo/xac-nhan-ky">{t('signing.phone.open')}</LinkAction>
          {remote && (
            <>
              <br />
              <LinkAction href="/can-bo/chu-ky/ky-tu-xa">{t('signing.remote.open')}</LinkAction>
            </>
          )}
        </p>
        {means.some(({ own }) => !own) && (
          <List title={t('signing.means.others')} means={means.filter(({ own }) => !own)} />
        )}
        {trusts && <TrustList trusted={trusted} today={today} />}
        {acts.length > 0 && (
          <section>
            <h2>{t('signing.means.record')}</h2>
            <ul className="means__acts">
              {acts.map(({ key, at, text }) => (
                <li key={key}>
                  <span className="faint">{at}</span> {text}
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </DeskPage>
  )
}

const tones = { active: 'ok', locked: 'bad', ended: 'paused' } as const

function List({ title, means }: { title: string; means: readonly Means[] }) {
  const t = useT()
  return (
    <section>
      <h2>{title}</h2>
      {means.length === 0 && <p className="soft">{t('signing.means.none')}</p>}
      {means.map((each) => (
        <article key={each.id} className="phone__card">
          <h3>
            {each.owner} <small className="soft">{each.kind}</small>
          </h3>
          <p>
            <StateTag state={tones[each.state]}>{t(`signing.means.state.${each.state}`)}</StateTag>{' '}
            {each.inUse && <StateTag state="ok">{t('signing.means.inUse')}</StateTag>}{' '}
            {t('signing.means.until', { until: each.until })}
          </p>
          {each.ends && (
            <p className="means__ends">
              <b>{each.ends}</b>
            </p>
          )}
          {each.test && <p className="small soft">{each.test.tried ?? t('signing.remote.untried')}</p>}
          {each.test && !each.test.tried && <Test means={each} otp={each.test.otp} />}
          {each.image && <img className="means__image" src={each.image} alt={t('signing.means.image')} />}
          {each.state !== 'ended' && <Acts means={each} />}
        </article>
      ))}
    </section>
  )
}

/** A test signature: by whoever knows what opens the key. */
function Test({ means: { id, owner }, otp }: { means: Means; otp: boolean }) {
  const t = useT()
  return (
    <form method="post" className="means__upload">
      <input type="hidden" name="id" value={id} />
      <Secret name="pin" of={id} label={t('signing.pin')} hint={null} />
      {otp && <Secret name="otp" of={id} label={t('signing.otp')} hint={t('signing.otpHint')} />}
      <Button name="_action" value="tried" kind="second">
        {t('signing.remote.try')}
        <span className="vh"> {owner}</span>
      </Button>
    </form>
  )
}

function Acts({ means: { id, state, own, owner, mayChoose, mayManage, kind } }: { means: Means }) {
  const t = useT()
  const isSeal = kind === t('signing.means.seal')
  const of = <span className="vh"> {owner}</span>
  return (
    <>
      <form method="post" className="btn-row">
        <input type="hidden" name="id" value={id} />
        {mayChoose && (
          <Button name="_action" value="chosen" kind="second">
            {t('signing.means.choose')}
          </Button>
        )}
        {mayManage && state === 'active' && (
          <Button name="_action" value="locked" kind="second">
            {t('signing.means.lock')}
            {of}
          </Button>
        )}
        {mayManage && state === 'locked' && (
          <Button name="_action" value="unlocked" kind="second">
            {t('signing.means.unlock')}
            {of}
          </Button>
        )}
        {mayManage && (
          <Button name="_action" value="ended" kind="harm">
            {t('signing.means.end')}
            {of}
          </Button>
        )}
      </form>
      {(own || isSeal) && (
        <form method="post" encType="multipart/form-data" className="means__upload">
          <input type="hidden" name="id" value={id} />
          <label>
            {t('signing.means.imageFile')}
            {of}
            <input className="input" type="file" name="image" accept="image/png" required />
          </label>
          <Button name="_action" value="image" kind="second">
            {t('signing.means.imageSend')}
          </Button>
        </form>
      )}
    </>
  )
}

interface Trusted {
  sha256: string
  name: string
  from: string
  to: string | null
}

function TrustList({ trusted, today }: { trusted: readonly Trusted[]; today: string }) {
  const t = useT()
  return (
    <section>
      <h2>{t('signing.means.trust')}</h2>
      <p className="small soft">{t('signing.means.trustLead')}</p>
      {trusted.map(({ sha256, name, from, to }) => (
        <form key={sha256} method="post" className="phone__card">
          <input type="hidden" name="sha256" value={sha256} />
          <b>{name}</b>
          <p className="small soft means__hash">
            {to ? t('signing.means.fromTo', { from, to }) : t('signing.means.fromOn', { from })} · {sha256}
          </p>
          {!to && (
            <Button name="_action" value="trust-ended" kind="harm">
              {t('signing.means.trustEnd')}
              <span className="vh"> {name}</span>
            </Button>
          )}
        </form>
      ))}
      <form method="post" encType="multipart/form-data" className="means__upload">
        <TextField id="name" name="name" label={t('signing.means.trustName')} maxLength={200} />
        <TextField id="from" name="from" type="date" label={t('signing.means.from')} defaultValue={today} />
        <TextField id="to" name="to" type="date" label={t('signing.means.to')} optional />
        <label>
          {t('signing.means.trustFile')}
          <input className="input" type="file" name="certificate" accept=".cer,.crt,.pem,.der" required />
        </label>
        <Button name="_action" value="trusted" kind="second">
          {t('signing.means.trustAdd')}
        </Button>
      </form>
    </section>
  )
}
