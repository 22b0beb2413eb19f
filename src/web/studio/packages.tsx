import { isRefusal } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { httpStatus } from 'motcua/kernel/problem'
import { installPackage, mostPacked } from 'motcua/modules/changes'
import {
  type ActionFunctionArgs,
  data,
  Form,
  type LoaderFunctionArgs,
  redirect,
  useLoaderData,
} from 'react-router'
import { refusalText } from '../desk/acting'
import { Button } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { Field } from '../ui/fields'
import { useT } from '../ui/shell'
import { Table } from '../ui/table'
import { chosenFile } from './chosen-file'
import { FileInput } from './file-input'
import { studioHome } from './home-source'
import { StudioPage } from './studio-page'
import { studioOfficer } from './studio-source'

/** Where packages come in and go out. */
export async function loader(args: LoaderFunctionArgs) {
  const { page, officer, powers } = await studioOfficer(args)
  const { procedures } = await studioHome(page, officer)
  return { procedures, mayEdit: powers.edit }
}

interface Answer {
  problems: Problem[]
}

/** Begins a change with the parts of an uploaded package. */
export async function action(args: ActionFunctionArgs) {
  const { page, officer } = await studioOfficer(args)
  const { app, now, locale } = page
  const t = messages(locale)
  const form = await args.request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  const refuse = (text: string, status: number) =>
    data<Answer>({ problems: [{ href: '#tep', text }] }, { status })
  const said = { tooLarge: t('packages.too-large', { limitMb: 10 }), missing: t('packages.chooseFile') }
  const chosen = await chosenFile(form, { most: mostPacked, ...said })
  if ('text' in chosen) return refuse(chosen.text, chosen.status)
  const begun = await installPackage(officer, chosen.bytes, { db: app.db, now, wake: app.wake })
  if (isRefusal(begun)) return refuse(refusalText(begun, locale), httpStatus[begun.kind])
  return redirect(`/thiet-ke/thay-doi/${begun.id}?xong=start`)
}

export default function StudioPackages({ actionData }: { actionData?: Answer }) {
  const t = useT()
  const { procedures, mayEdit } = useLoaderData<typeof loader>()
  const problems = actionData?.problems ?? []
  const error = problems[0]?.text
  return (
    <StudioPage title={t('packages.title')} lead={t('packages.lead')}>
      <ErrorSummary problems={problems} />
      {mayEdit && (
        <section className="studio__part">
          <h2>{t('packages.install')}</h2>
          <Form method="post" encType="multipart/form-data" className="studio__form">
            <Field
              id="tep"
              label={t('packages.file')}
              hint={t('packages.fileHint')}
              {...(error && { error })}
            >
              <FileInput id="tep" name="file" accept=".zip,application/zip" />
            </Field>
            <p>
              <Button size="small">{t('packages.install')}</Button>
            </p>
          </Form>
        </section>
      )}
      <section>
        <h2>{t('packages.export')}</h2>
        <Table
          caption={t('packages.export')}
          hideCaption
          columns={[
            { key: 'name', title: t('packages.procedure'), heading: true, cell: ({ name }) => name },
            { key: 'code', title: t('studio.procedure.code'), cell: ({ code }) => code },
            {
              key: 'file',
              title: t('packages.download'),
              cell: ({ code, name }) => (
                <a href={`/thiet-ke/thu-tuc/${code}/goi`}>
                  {t('packages.download')} <span className="vh">{name}</span>
                </a>
              ),
            },
          ]}
          rows={procedures}
          rowKey={({ code }) => code}
          stack
        />
      </section>
    </StudioPage>
  )
}
