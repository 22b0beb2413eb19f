import type { ListedProcedure } from 'motcua/modules/catalogue'
import { LinkButton } from '../ui/button'
import { Main } from '../ui/frame'
import { Notice } from '../ui/notice'
import { useT } from '../ui/shell'
import { SummaryList } from '../ui/summary-list'
import { Title } from '../ui/title'

export interface Listed {
  procedure: ListedProcedure
  results: string[]
}

/** What the catalogue says about it, and where to go. */
export function ListedProcedurePage({ listed: { procedure, results } }: { listed: Listed }) {
  const t = useT()
  const title = procedure.plainName ?? procedure.name
  return (
    <Main crumbs={[{ label: t('web.nav.procedures'), href: '/tim' }, { label: title }]}>
      <Title>{title}</Title>
      <h1 className="long-title">{title}</h1>
      <div className="mt-5 max-w-3xl stack-l">
        <Notice title={t('web.procedure.onlyListed')}>{t('web.procedure.onlyListedText')}</Notice>
        <SummaryList
          rows={[
            { label: t('web.procedure.name'), text: procedure.name },
            { label: t('web.procedure.code'), text: <span className="code">{procedure.code}</span> },
            { label: t('web.procedure.field'), text: procedure.field ?? '–' },
            { label: t('web.procedure.ministry'), text: procedure.publisher ?? '–' },
            ...(procedure.subjects.length > 0
              ? [{ label: t('web.procedure.subjects'), text: procedure.subjects.join('; ') }]
              : []),
            ...(results.length > 0 ? [{ label: t('web.procedure.results'), text: results.join('; ') }] : []),
          ]}
        />
        <LinkButton kind="second" icon="map-pin" href="/trung-tam">
          {t('web.procedure.findCentre')}
        </LinkButton>
      </div>
    </Main>
  )
}
