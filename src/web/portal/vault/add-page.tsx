import { isRefusal } from 'motcua/kernel/errors'
import { findMessage, type Locale, type MessageParams, messages } from 'motcua/kernel/i18n'
import { isStorableText } from 'motcua/kernel/text'
import { findPaperKind, paperKinds, type Upload } from 'motcua/modules/vault'
import { pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data, type LoaderFunctionArgs, redirect } from 'react-router'
import { Button, ButtonRow, LinkAction } from '../../ui/button'
import { ErrorSummary, type Problem } from '../../ui/error-summary'
import { DateField, FileField, Select, TextField } from '../../ui/fields'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { mostText, postedForm, takeUploads, tooLargeText } from '../filing/uploads'
import { personOnly } from '../person-only'
import { askedOrganisation, whoseQuery } from './vault-source'

type DateParts = { day: string; month: string; year: string }

interface Typed {
  kind: string
  name: string
  number: string
  issuer: string
  issuedOn: DateParts
  validTo: DateParts
}

interface View {
  typed: Typed
  problems: Problem[]
  kinds: { value: string; label: string }[]
  most: string
  query: string
}

const tried = createContext<{ typed: Typed; problems: Problem[] } | null>(null)

export function loader(args: LoaderFunctionArgs): View {
  const page = pageContext(args)
  const person = personOnly(args)
  const organisation = askedOrganisation(person, args.url)
  const english = page.locale === 'en'
  return {
    ...(args.context.get(tried) ?? { typed: read(new FormData()), problems: [] }),
    kinds: [
      ...paperKinds.map(({ code, name, nameEn }) => ({ value: code, label: english ? nameEn : name })),
      { value: 'other', label: messages(page.locale)('vault.upload.kind-other') },
    ],
    most: mostText(page),
    query: whoseQuery(organisation),
  }
}

export async function action(args: ActionFunctionArgs) {
  const page = pageContext(args)
  const person = personOnly(args)
  const organisation = askedOrganisation(person, args.url)
  const form = await postedForm(args.request, pageContext(args))
  const typed = read(form)
  const again = (problems: Problem[]) => {
    args.context.set(tried, { typed, problems })
    return data(null, { status: 422 })
  }
  const tooLarge = tooLargeText(form, page)
  if (tooLarge) return again([{ href: '#tep', text: tooLarge }])
  const { upload, problems } = check(typed, page.locale)
  if (problems.length > 0) return again([...problems, ...missingFile(form, page.locale)])
  const { files, refusals } = await takeUploads(page, person, form, 'file', 'vault')
  if (refusals.length > 0) return again(refusals.map((text) => ({ href: '#tep', text })))
  if (files.length === 0) return again(missingFile(form, page.locale))
  for (const file of files) {
    const kept = await page.app.vault.keepUpload(person, file, upload, organisation?.code)
    if (isRefusal(kept))
      return again([
        {
          href: '#tep',
          text: findMessage(page.locale, kept.code, kept.details as MessageParams) ?? kept.code,
        },
      ])
  }
  const query = new URLSearchParams(whoseQuery(organisation))
  query.set('da-them', '1')
  return redirect(`/kho?${query}`, 303)
}

const missingFile = (form: FormData, locale: Locale): Problem[] =>
  form.getAll('file').some((entry) => typeof entry !== 'string' && entry.size > 0)
    ? []
    : [{ href: '#tep', text: messages(locale)('vault.upload.file-missing') }]

function read(form: FormData): Typed {
  const text = (name: string) => {
    const value = String(form.get(name) ?? '')
      .normalize('NFC')
      .trim()
      .slice(0, 300)
    return isStorableText(value) ? value : ''
  }
  const date = (name: string) => ({
    day: text(`${name}.day`),
    month: text(`${name}.month`),
    year: text(`${name}.year`),
  })
  return {
    ...{ kind: text('kind'), name: text('name'), number: text('number'), issuer: text('issuer') },
    ...{ issuedOn: date('issuedOn'), validTo: date('validTo') },
  }
}

// The kind names the paper, unless its owner calls it otherwise.
function check(typed: Typed, locale: Locale): { upload: Upload; problems: Problem[] } {
  const t = messages(locale)
  const kind = findPaperKind(typed.kind)
  const problems: Problem[] = []
  const day = (field: 'issuedOn' | 'validTo', id: string) => {
    const { day: d, month, year } = typed[field]
    if (d === '' && month === '' && year === '') return null
    const found = `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${d.padStart(2, '0')}`
    try {
      return Temporal.PlainDate.from(found).toString()
    } catch {
      problems.push({ href: `#${id}`, text: t('vault.upload.date-wrong') })
      return null
    }
  }
  const name = typed.name || (kind?.name ?? '')
  if (name === '') problems.push({ href: '#ten', text: t('vault.upload.name-missing') })
  const issuedOn = day('issuedOn', 'ngay-cap')
  const validTo = day('validTo', 'ngay-het')
  if (issuedOn !== null && validTo !== null && validTo < issuedOn)
    problems.push({ href: '#ngay-het', text: t('vault.upload.dates-turned') })
  const { number, issuer } = typed
  return {
    upload: {
      ...{ name, paperCode: kind?.code ?? null, number: number || null, issuer: issuer || null },
      ...{ issuedOn, validTo },
    },
    problems,
  }
}

export default function AddPage({ loaderData: view }: { loaderData: View }) {
  const t = useT()
  const { typed, problems } = view
  const errorAt = (id: string) => problems.find(({ href }) => href === `#${id}`)?.text
  return (
    <Main
      crumbs={[{ label: t('vault.title'), href: `/kho${view.query}` }, { label: t('vault.upload.title') }]}
    >
      <Title>{t('vault.upload.title')}</Title>
      <ErrorSummary problems={problems} />
      <h1>{t('vault.upload.title')}</h1>
      <p className="lead mt-3">{t('vault.upload.lead')}</p>
      <form method="post" encType="multipart/form-data" noValidate className="stack mt-5 max-w-xl">
        <FileField
          id="tep"
          name="file"
          label={t('vault.upload.file')}
          error={errorAt('tep')}
          most={view.most}
        />
        <Select
          id="loai"
          name="kind"
          label={t('vault.upload.kind')}
          options={view.kinds}
          defaultValue={typed.kind}
          width="full"
          optional
        />
        <TextField
          id="ten"
          name="name"
          label={t('vault.item.name')}
          defaultValue={typed.name}
          error={errorAt('ten')}
          maxLength={200}
          optional
        />
        <TextField
          id="so"
          name="number"
          label={t('vault.upload.number')}
          defaultValue={typed.number}
          optional
        />
        <TextField
          id="noi-cap"
          name="issuer"
          label={t('vault.upload.issuer')}
          defaultValue={typed.issuer}
          optional
        />
        <DateField
          id="ngay-cap"
          name="issuedOn"
          label={t('vault.upload.issuedOn')}
          value={typed.issuedOn}
          error={errorAt('ngay-cap')}
          optional
        />
        <DateField
          id="ngay-het"
          name="validTo"
          label={t('vault.upload.validTo')}
          value={typed.validTo}
          error={errorAt('ngay-het')}
          optional
        />
        <ButtonRow>
          <Button>{t('vault.upload.send')}</Button>
          <LinkAction href={`/kho${view.query}`}>{t('vault.item.back')}</LinkAction>
        </ButtonRow>
      </form>
    </Main>
  )
}
