import { type Locale, messages, type Translate } from 'motcua/kernel/i18n'
import type { Draft, MyDossier } from 'motcua/modules/dossiers'
import { dateText, momentText } from '../../ui/format'
import type { StateKind } from '../../ui/state'
import { tagOf } from './status.view'

export interface MyDossierLine {
  href: string
  title: string
  /** Name of who it is for, and the code. */
  about: string
  when: string
  tag: { state: StateKind; text: string }
}

export interface MyDossiersView {
  drafts: { href: string; title: string; when: string }[]
  open: MyDossierLine[]
  ended: MyDossierLine[]
}

const endings = new Set<MyDossier['state']>(['returned', 'refused', 'withdrawn', 'stopped'])

/** What waits for the person stands first; then what runs; then what is finished, newest first. */
export function myDossiersView(
  { mine, drafts, now }: { mine: readonly MyDossier[]; drafts: readonly Draft[]; now: Date },
  procedures: ReadonlyMap<string, string>,
  locale: Locale,
): MyDossiersView {
  const t = messages(locale)
  const nameOf = (code: string) => procedures.get(code) ?? code
  const toLine = (dossier: MyDossier): MyDossierLine => ({
    href: `/ho-so/${dossier.code}`,
    title: nameOf(dossier.procedureCode),
    about: [
      dossier.applicantName,
      dossier.code,
      ...(dossier.as === 'applicant' ? [] : [t(`status.mine.${dossier.as}`)]),
    ].join(' · '),
    when:
      dossier.state === 'in-progress' && dossier.dueAt
        ? t('tracking.mine.dueBy', { at: momentText(dossier.dueAt, locale) })
        : t('tracking.mine.answeredOn', { at: dateText(dossier.submittedAt) }),
    tag:
      askedTag(dossier, t) ??
      tagOf({ state: dossier.state, outcome: null }, isLate(dossier, now) ? 0 : null, t),
  })
  const waitingFirst = mine.toSorted((a, b) => Number(waits(b)) - Number(waits(a)))
  return {
    drafts: drafts.map(({ id, procedureCode, updatedAt }) => ({
      href: `/nop/${id}`,
      title: nameOf(procedureCode),
      when: t('tracking.mine.draftLine', { at: momentText(updatedAt, locale) }),
    })),
    open: waitingFirst.filter(({ state }) => !endings.has(state)).map(toLine),
    ended: mine.filter(({ state }) => endings.has(state)).map(toLine),
  }
}

function askedTag({ asked, partAsks, toAnswer }: MyDossier, t: Translate): MyDossierLine['tag'] | undefined {
  if (asked) return { state: 'warn', text: t('status.mine.asked') }
  if (partAsks) return { state: 'warn', text: t('branches.mine') }
  return toAnswer ? { state: 'warn', text: t('status.mine.toAnswer') } : undefined
}

const waits = ({ state, asked, partAsks, toAnswer }: MyDossier) =>
  asked || partAsks || toAnswer || state === 'awaiting-supplement' || state === 'awaiting-obligation'

const isLate = ({ state, dueAt }: MyDossier, now: Date) =>
  state === 'in-progress' && dueAt !== null && Date.parse(dueAt) < now.getTime()
