import { data, Form, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { Button } from '../../ui/button'
import { Select } from '../../ui/fields'
import { useT } from '../../ui/shell'
import { StudioPage } from '../studio-page'
import { studioOfficer } from '../studio-source'
import styles from './compare.css?url'
import { Differences } from './parts'
import { differencesOfVersions } from './source'

export const links = () => [{ rel: 'stylesheet', href: styles }]

/** Any two published versions of a procedure: `?tu=1&den=2`. */
export async function loader(args: LoaderFunctionArgs) {
  const { page } = await studioOfficer(args)
  const search = new URL(args.request.url).searchParams
  const numberIn = (name: string, otherwise: number) => {
    const text = search.get(name) ?? ''
    return /^\d{1,6}$/.test(text) ? Number(text) : otherwise
  }
  const code = args.params.code ?? ''
  const [from, to] = [numberIn('tu', 1), numberIn('den', 1)]
  const found = await differencesOfVersions(page, code, [from, to])
  if (!found) throw data(null, { status: 404 })
  return { code, from: String(from), to: String(to), ...found }
}

export default function StudioCompareVersions() {
  const t = useT()
  const { code, name, from, to, choices, parts } = useLoaderData<typeof loader>()
  return (
    <StudioPage
      title={t('replay.compare.versions')}
      tab={`${t('replay.compare.versions')} · ${name}`}
      back={{ href: `/thiet-ke/thu-tuc/${code}`, label: `${code} ${name}` }}
    >
      <Form method="get" className="diff__choose">
        <Select id="tu" name="tu" label={t('replay.compare.older')} options={choices} defaultValue={from} />
        <Select id="den" name="den" label={t('replay.compare.newer')} options={choices} defaultValue={to} />
        <Button kind="second" size="small">
          {t('replay.compare.show')}
        </Button>
      </Form>
      <Differences parts={parts} />
    </StudioPage>
  )
}
