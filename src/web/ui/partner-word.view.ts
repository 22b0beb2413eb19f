import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import { type Dossier, differingWord, ownStatus, stageOf } from 'motcua/modules/dossiers'
import { momentText } from './format'

type Spoken = Pick<Dossier, 'state' | 'tasks' | 'acceptedAt' | 'partnerWord'>

/** What a national status is called. */
export const statusText = (status: number, locale: Locale): string =>
  findMessage(locale, `routing.national.${status}`) ?? String(status)

/** The sentence of the system that says the status of the stage a dossier is in; null where we say it. Pure. */
export function wordOfRecord(dossier: Spoken, locale: Locale): string | null {
  const { partnerWord } = dossier
  if (!partnerWord?.authoritative || partnerWord.stage !== stageOf(dossier)) return null
  return messages(locale)('routing.partner.shown', {
    system: partnerWord.source,
    status: statusText(partnerWord.status, locale),
    at: momentText(partnerWord.statedAt, locale),
  })
}

/** The word that stands beside ours and says something else, with ours; null while both agree. Pure. */
export function differenceOf(dossier: Spoken, locale: Locale): { title: string; text: string } | null {
  const word = differingWord(dossier)
  if (word === null) return null
  const t = messages(locale)
  return {
    title: t('routing.partner.differs', {
      system: word.source,
      status: statusText(word.status, locale),
      own: statusText(ownStatus(dossier), locale),
    }),
    text: t('routing.partner.differsLead', { at: momentText(word.receivedAt, locale) }),
  }
}
