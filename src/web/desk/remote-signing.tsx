import { isRefusal } from 'motcua/kernel/errors'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { Button } from '../ui/button'
import { Select, TextField } from '../ui/fields'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import { refusalText } from './acting'
import { DeskPage } from './desk-page'
import styles from './means.css?url'
import { officerOf } from './officer'
import { NotDone } from './outcome'
import {
  type CredentialLine,
  ownersFor,
  ownerValue,
  type RemotePage,
  remotePage,
} from './remote-signing-source'
import { Secret } from './secret'
import { authorisationIn } from './signing-source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

async function opened(args: LoaderFunctionArgs) {
  const page = pageContext(args)
  const officer = officerOf(args)
  const owners = await ownersFor(page, officer)
  if (owners.length === 0) throw data(null, { status: 403 })
  return { page, officer, owners }
}

/** A certificate at a remote signing service, for oneself or for whom one manages: service, certificate, test signature. */
export async function loader(args: LoaderFunctionArgs) {
  const { page, officer, owners } = await opened(args)
  return remotePage(page, { officer, owners, query: new URL(args.request.url).searchParams })
}

/** Attaches the chosen certificate, and tries it where a PIN was typed: one's own is never attached untried. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer, owners } = await opened(args)
  const { signatures } = page.app
  const form = await args.request.formData()
  const text = (name: string) => String(form.get(name) ?? '').slice(0, 300)
  const owner = owners.find((each) => ownerValue(each) === text('owner'))
  if (!owner) throw data(null, { status: 403 })
  const refuse = (refusal: Parameters<typeof refusalText>[0]) =>
    data({ problem: refusalText(refusal, page.locale) }, { status: 422 })
  const { authorisation } = authorisationIn(form)
  const isOwn = owner.kind === 'officer' && owner.id === officer.officerId
  if (isOwn && !authorisation) return refuse({ code: 'signatures.authorisation-needed' })
  const by = { officerId: officer.officerId, name: officer.name }
  const wanted = { service: text('service'), credentialId: text('credential'), by }
  const attached = await signatures.attachRemote(owner, wanted)
  if (isRefusal(attached)) return refuse(attached)
  if (authorisation) {
    const tried = await signatures.tryRemote({ signerId: attached.id, authorisation, by })
    // It is attached and waits for its test on the page of means.
    if (isRefusal(tried)) return redirect(`/can-bo/chu-ky?ky-thu=${encodeURIComponent(tried.code)}`)
  }
  return redirect('/can-bo/chu-ky')
}

export default function RemoteSigning({ actionData }: { actionData?: { problem: string } }) {
  const t = useT()
  const page = useLoaderData<typeof loader>()
  return (
    <DeskPage>
      <Title>{t('signing.remote.title')}</Title>
      <main id="noi-dung" className="pane pane--page means">
        <p className="tiny">
          <a href="/can-bo/chu-ky">{t('signing.means.title')}</a>
        </p>
        <h1 className="desk__title">{t('signing.remote.title')}</h1>
        <p className="soft">{t('signing.remote.lead')}</p>
        <NotDone problem={actionData?.problem} />
        {page.services.length === 0 ? (
          <Notice tone="warn" title={t('signing.remote.noService')}>
            {t('signing.remote.noServiceLead')}
          </Notice>
        ) : (
          <Ask page={page} />
        )}
        {page.problem && <Notice tone="bad" role="alert" title={page.problem} />}
        {page.credentials && !page.problem && <Choose page={page} credentials={page.credentials} />}
      </main>
    </DeskPage>
  )
}

function Ask({ page }: { page: RemotePage }) {
  const t = useT()
  return (
    <form method="get" className="means__upload">
      {page.owners.length > 1 && (
        <Select
          id="cho"
          name="cho"
          label={t('signing.remote.owner')}
          options={page.owners}
          defaultValue={page.owner}
        />
      )}
      <Select
        id="dich-vu"
        name="dich-vu"
        label={t('signing.remote.service')}
        options={page.services}
        defaultValue={page.service}
      />
      {!page.sample && (
        <TextField
          id="tai-khoan"
          name="tai-khoan"
          label={t('signing.remote.userId')}
          hint={t('signing.remote.userIdHint')}
          defaultValue={page.userId}
          maxLength={100}
          optional
        />
      )}
      <Button kind="second" icon="search">
        {t('signing.remote.list')}
      </Button>
    </form>
  )
}

function Choose({ page, credentials }: { page: RemotePage; credentials: readonly CredentialLine[] }) {
  const t = useT()
  if (credentials.length === 0) return <p className="soft">{t('signing.remote.none')}</p>
  const first = credentials.find(({ stops }) => stops === null)
  return (
    <form method="post" className="means__choose">
      <input type="hidden" name="owner" value={page.owner} />
      <input type="hidden" name="service" value={page.service} />
      <fieldset className="means__credentials">
        <legend>{t('signing.remote.choose')}</legend>
        {credentials.map((each) => (
          <label key={each.id} className="phone__card" data-stops={each.stops ? '' : undefined}>
            <input
              type="radio"
              name="credential"
              value={each.id}
              required
              defaultChecked={each.id === first?.id}
              disabled={each.stops !== null}
            />
            <span>
              <b>{each.name}</b>
              <small className="soft">{each.about}</small>
              <small>
                {each.days} · {each.opens}
              </small>
              {each.stops && <small className="means__ends">{each.stops}</small>}
              {each.otherName && <small className="means__ends">{t('signing.remote.otherName')}</small>}
            </span>
          </label>
        ))}
      </fieldset>
      {first && (
        <>
          <p className="soft">{t(page.isOwn ? 'signing.remote.testOwn' : 'signing.remote.testOther')}</p>
          <Opens page={page} />
          <Button icon="pen-line">
            {t(page.isOwn ? 'signing.remote.attach' : 'signing.remote.attachOther')}
          </Button>
        </>
      )}
    </form>
  )
}

function Opens({ page: { needsOtp, sample } }: { page: RemotePage }) {
  const t = useT()
  return (
    <>
      <Secret
        name="pin"
        label={t('signing.pin')}
        hint={sample && t('signing.remote.samplePin', { pin: sample.pin })}
      />
      {needsOtp && (
        <Secret
          name="otp"
          label={t('signing.otp')}
          hint={sample ? t('signing.remote.sampleOtp', { otp: sample.otp }) : t('signing.otpHint')}
        />
      )}
    </>
  )
}
