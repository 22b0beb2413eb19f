import { pageContext } from 'motcua/web/context'
import type { LoaderFunctionArgs } from 'react-router'
import { Main } from '../../ui/frame'
import { useT } from '../../ui/shell'
import { Title } from '../../ui/title'
import { personOnly } from '../person-only'
import { ReadList } from './item-row'
import { type ReadLine, readLines } from './vault.view'
import { askedOrganisation, namesOfReads, whoseQuery } from './vault-source'

interface View {
  reads: ReadLine[]
  query: string
}

/** Everybody who read papers of this owner, themselves included. */
export async function loader(args: LoaderFunctionArgs): Promise<View> {
  const page = pageContext(args)
  const person = personOnly(args)
  const organisation = askedOrganisation(person, args.url)
  const reads = await page.app.vault.reads(person, organisation?.code)
  const names = await namesOfReads(page, reads)
  const lines = readLines(reads, names, { self: person.personId, locale: page.locale, withItem: true })
  return { reads: lines, query: whoseQuery(organisation) }
}

export default function ReadsPage({ loaderData: { reads, query } }: { loaderData: View }) {
  const t = useT()
  return (
    <Main crumbs={[{ label: t('vault.title'), href: `/kho${query}` }, { label: t('vault.reads-title') }]}>
      <Title>{t('vault.reads-title')}</Title>
      <h1>{t('vault.reads-title')}</h1>
      <p className="lead mt-3">{t('vault.reads-lead')}</p>
      <div className="max-w-3xl">
        <ReadList reads={reads} none={t('vault.reads-none')} />
      </div>
    </Main>
  )
}
