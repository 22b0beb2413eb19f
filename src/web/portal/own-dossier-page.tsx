import type { ReactNode } from 'react'
import { LinkButton } from '../ui/button'
import { ErrorSummary, type Problem } from '../ui/error-summary'
import { Main } from '../ui/frame'
import { useT } from '../ui/shell'
import { Title } from '../ui/title'
import type { OwnDossier } from './own-dossier'

interface Props {
  dossier: OwnDossier
  /** The name of the act, in the title and the crumbs. */
  name: string
  crumb: string
  heading: string
  lead: string
  problems: readonly Problem[]
  /** The fields of the act; they stand only while it is possible. */
  children: ReactNode
}

/** A page for one act of the applicant: what it is, the form, and the way back. */
export function OwnDossierPage({ dossier, name, crumb, heading, lead, problems, children }: Props) {
  const t = useT()
  const home = `/ho-so/${dossier.code}`
  return (
    <Main
      crumbs={[
        { label: t('web.nav.mine'), href: '/ho-so' },
        { label: dossier.code, href: home },
        { label: crumb },
      ]}
    >
      <Title>{`${name} · ${dossier.title}`}</Title>
      <ErrorSummary problems={problems} />
      <p className="small faint">
        {dossier.title} · <span className="code">{dossier.code}</span>
      </p>
      <h1>{heading}</h1>
      <p className="lead mt-3 mb-6">{lead}</p>
      {dossier.possible ? (
        <form method="post" noValidate className="max-w-xl">
          <input type="hidden" name="_sequence" value={dossier.sequence} />
          {children}
        </form>
      ) : (
        <LinkButton href={home}>{t('filing.supplement.back')}</LinkButton>
      )}
    </Main>
  )
}
