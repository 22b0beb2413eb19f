import type { Queryable } from '../../kernel/db.ts'
import { type Consumer, consume, type FeedEntry } from '../../kernel/feed.ts'
import { defaultLocale, type Locale, messages } from '../../kernel/i18n.ts'
import { newId } from '../../kernel/ids.ts'
import { readStream } from '../../kernel/journal.ts'
import { type DossierFile, findByIds, readPrivates } from '../dossiers/index.ts'
import { type ComposeFacts, compose, handlersOf, type NamesOfDossier } from './compose.ts'
import { isNews, newlyNotStarted } from './linked-news.ts'
import type { NewMessage } from './message.ts'
import { askedSince, tellOfDossiers } from './notification-store.ts'
import { type Sayings, sayingsOf, speaksOfWords } from './sayings.ts'
import { inTermsOf, recipientsOf, type Telling, tellingsOf } from './telling.ts'
import { dataOf, type ToldEntry } from './told-entry.ts'

type Maybe<T> = T | undefined | Promise<T | undefined>

/** What the modules to the left know; `app.ts` hands it in. */
export interface NotificationNames {
  authority(code: string): Maybe<{ name: string; shortName: string }>
  procedure(code: string): Maybe<string>
  officer(id: string): Maybe<string>
  /** The language a person reads; Vietnamese when nothing is known. */
  language?(personId: string): Maybe<Locale>
}

export interface NotificationsParts {
  names: NotificationNames
  baseUrl: string
  now(): Date
}

/** Tells applicants what happened to their dossiers: a message in the app at once, texts and mail through jobs. */
export function notificationsConsumer(parts: NotificationsParts): Consumer {
  return consume('notifications', (tx, entries) => tell(parts, tx, entries))
}

async function tell(parts: NotificationsParts, tx: Queryable, entries: readonly FeedEntry[]): Promise<void> {
  const told = entries.flatMap((entry) => tellingsOf(entry).map((telling) => ({ entry, telling })))
  await tellEach(parts, tx, told)
}

/** Something to tell, with the entry that it tells of. */
export interface ToTell {
  entry: ToldEntry
  telling: Telling
}

/** Composes, keeps and enqueues what is to be told; what was told before is left alone. */
export async function tellEach(
  parts: NotificationsParts,
  tx: Queryable,
  told: readonly ToTell[],
): Promise<void> {
  if (told.length === 0) return
  const files = await findByIds(tx, [...new Set(told.map(({ entry }) => entry.stream))])
  const byId = new Map(files.map((file) => [file.dossier.id, file]))
  const names = remembering(parts.names)
  const composed: NewMessage[] = []
  for (const { entry, telling } of told) {
    const file = byId.get(entry.stream)
    if (file === undefined || !isNews(telling.kind, entry, file.dossier)) continue
    const notStarted = await notStartedBy(tx, entry)
    if (notStarted?.length === 0) continue
    const words = speaksOfWords(telling.kind) ? await readPrivates(tx, entry.stream) : new Map()
    const accounts = await accountsOf(tx, file.dossier)
    const says = notStarted ? { name: notStarted.map(({ name }) => name).join(', ') } : {}
    const about = { ...file, accounts }
    composed.push(...(await messagesFor({ ...parts, names }, about, entry, telling, { words, says })))
  }
  await tellOfDossiers(tx, await withoutFloods(tx, composed, parts.now()))
}

/** Branches that never begin, as far as this entry is the one that says so; undefined for other news. */
async function notStartedBy(tx: Queryable, entry: ToldEntry) {
  if (entry.kind !== 'dossiers.branches-changed') return undefined
  return newlyNotStarted(entry, await readStream(tx, entry.stream))
}

/** A phone that somebody else typed is asked for a yes by this many texts a day, whoever asks. */
export const mostAskedADay = 5
const dayMs = 86_400_000

// Whoever is asked more often finds it in the list of their dossiers; nobody makes a telephone ring all day.
async function withoutFloods(
  tx: Queryable,
  composed: readonly NewMessage[],
  now: Date,
): Promise<NewMessage[]> {
  const asks = ({ kind, channel }: NewMessage) => kind === 'party-asked' && channel === 'sms'
  const phones = new Set(composed.filter(asks).map(({ recipient }) => recipient))
  if (phones.size === 0) return [...composed]
  const asked = await askedSince(tx, [...phones], new Date(now.getTime() - dayMs))
  return composed.filter((message) => {
    if (!asks(message)) return true
    const before = asked.get(message.recipient) ?? 0
    asked.set(message.recipient, before + 1)
    return before < mostAskedADay
  })
}

// Whoever agreed on their own phone is known by the account that did.
async function accountsOf(
  tx: Queryable,
  { id, otherParties }: DossierFile['dossier'],
): Promise<Map<number, string>> {
  if (otherParties.every(({ confirmedAt }) => confirmedAt === null)) return new Map()
  const entries = await readStream(tx, id)
  return new Map(
    entries.flatMap((entry) => {
      if (entry.kind !== 'dossiers.confirmed' || entry.actor.kind !== 'person') return []
      return [[dataOf(entry, 'dossiers.confirmed').party, entry.actor.id] as const]
    }),
  )
}

async function messagesFor(
  parts: NotificationsParts,
  file: DossierFile & { accounts: ReadonlyMap<number, string> },
  entry: ToldEntry,
  told: Telling,
  { words, says: more }: { words: ReadonlyMap<string, unknown>; says: Sayings },
) {
  const now = parts.now()
  const { dossier, party } = file
  const telling = inTermsOf(told, entry, dossier)
  const { kind } = telling
  const recipients = recipientsOf(telling, file, { at: entry.at, now })
  if (recipients.length === 0) return []
  const own = (party.personId && (await parts.names.language?.(party.personId))) || defaultLocale
  const spoken = new Map<Locale, ComposeFacts>()
  for (const language of new Set([own, defaultLocale])) {
    const names = await namesOf(parts.names, file, language)
    const says = { ...sayingsOf(entry, words, language), ...more }
    spoken.set(language, { kind, dossier, party, names, language, baseUrl: parts.baseUrl, says })
  }
  return recipients.map(({ channel, recipient, party: no }): NewMessage => {
    // How another party reads is not known.
    const language = no === null ? own : defaultLocale
    return {
      id: newId(now.getTime()),
      dossierId: dossier.id,
      sequence: entry.sequence,
      personId: no === null ? party.personId : (file.accounts.get(no) ?? null),
      party: no,
      kind,
      channel,
      recipient,
      ...compose({ ...spoken.get(language)!, toOther: no !== null }, channel),
      params: { code: dossier.code },
      language,
      createdAt: now,
    }
  })
}

async function namesOf(
  names: NotificationNames,
  { dossier }: DossierFile,
  language: Locale,
): Promise<NamesOfDossier> {
  const { receiver, handler } = handlersOf(dossier)
  const authority = async (code: string) => (await names.authority(code)) ?? { name: code, shortName: code }
  return {
    authority: await authority(dossier.competent),
    receivingAuthority: await authority(dossier.receivedBy),
    procedure: (await names.procedure(dossier.procedureCode)) ?? dossier.procedureCode,
    receiver: receiver === null ? null : ((await names.officer(receiver)) ?? null),
    handler: handler === null ? null : await handlerName(handler),
  }

  async function handlerName({ officer, role, authority: at }: NonNullable<typeof handler>): Promise<string> {
    const known = officer === null ? undefined : await names.officer(officer)
    const who = known ?? messages(language)(`processes.role.${role as Exclude<typeof role, 'applicant'>}`)
    return `${who}, ${(await authority(at)).name}`
  }
}

/** Looks up each name once for a batch. */
function remembering(names: NotificationNames): NotificationNames {
  const once = <T>(find: (key: string) => Maybe<T>) => {
    const found = new Map<string, Maybe<T>>()
    return (key: string) => {
      if (!found.has(key)) found.set(key, find(key))
      return found.get(key) as Maybe<T>
    }
  }
  return {
    authority: once((code) => names.authority(code)),
    procedure: once((code) => names.procedure(code)),
    officer: once((id) => names.officer(id)),
    language: once((id) => names.language?.(id)),
  }
}
