import { type Locale, messages } from 'motcua/kernel/i18n'
import type { DossierView, OtherParty } from 'motcua/modules/dossiers'
import { dateText } from '../../ui/format'

/** What somebody else is asked to say yes or no to. */
export interface ConfirmView {
  code: string
  procedure: string
  title: string
  lead: string
  /** Everything that was declared: whoever files together answers for all of it. */
  declared: { label: string; text: string }[]
  assurance: string | null
  sure: string
  agree: string
  no: string
  noLead: string
  taskNo: number
  sequence: number
}

interface Given {
  procedure: string
  declared: readonly { label: string; text: string }[]
}

/** The question to a second party or to a helper, in their own words. Pure. */
export function confirmView(
  { dossier, party }: Pick<DossierView, 'dossier' | 'party'>,
  asked: { party: OtherParty; taskNo: number },
  { procedure, declared }: Given,
  locale: Locale,
): ConfirmView {
  const t = messages(locale)
  const { kind, until } = asked.party
  const name = party.name
  const common = {
    code: dossier.code,
    procedure,
    declared: declared.filter(({ text }) => text !== '').map(({ label, text }) => ({ label, text })),
    taskNo: asked.taskNo,
    sequence: dossier.sequence,
  }
  if (kind === 'second-party')
    return {
      ...common,
      title: t('status.confirm.partyTitle'),
      lead: t('status.confirm.partyLead', { name }),
      assurance: t('status.confirm.answers'),
      sure: t('status.confirm.sure'),
      agree: t('status.confirm.agree'),
      no: t('status.confirm.no'),
      noLead: t('status.confirm.noLead'),
    }
  const to = until === null ? '' : t('status.confirm.until', { date: dateText(until) })
  return {
    ...common,
    title: t('status.confirm.helperTitle', { name }),
    lead: t('status.confirm.helperLead', { name, until: to }),
    assurance: null,
    sure: t('status.confirm.sureHelper'),
    agree: t('status.confirm.agreeHelper'),
    no: t('status.confirm.noHelper'),
    noLead: t('status.confirm.noLeadHelper'),
  }
}
