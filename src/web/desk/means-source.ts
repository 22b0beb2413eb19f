import { isRefusal, type Outcome } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { dateOfLaw } from 'motcua/kernel/time'
import { findAuthority, isPrincipal, mayRecordFor, officersOf, ownPosts } from 'motcua/modules/directory'
import { meansOf } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import {
  actsOn,
  certificateHash,
  everySignerOf,
  type SignerOwner,
  type SignerRow,
  shortPapers,
  trustedAuthorities,
} from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { dateText, momentText } from '../ui/format'
import { refusalText } from './acting'
import { hasRole } from './officer'
import { reachOfOfficer } from './reorganise-source'
import { wantsOtp } from './signing-source'

const dayMs = 86_400_000
const daysBefore = 30

/** A means of signing as the page shows it. */
export interface Means {
  id: string
  owner: string
  kind: string
  until: string
  state: 'active' | 'locked' | 'ended'
  /** "Còn 12 ngày", or that it has ended; null while there is time. */
  ends: string | null
  image: string | null
  /** What its officer signs by now. */
  inUse: boolean
  own: boolean
  mayChoose: boolean
  mayManage: boolean
  /** Of a remote certificate: how its test signature stands. */
  test: { tried: string | null; otp: boolean } | null
}

/** Whose means of signing an officer manages: of those below them, and the seal of the house they run. */
export async function managedBy(
  { app, now }: PageContext,
  officer: Officer,
): Promise<(SignerOwner & { name: string })[]> {
  const places = ownPosts(officer.posts)
  const owners = await Promise.all(
    [...new Set(places.map(({ authorityCode }) => authorityCode))].map(async (code) => {
      const runs = places.some(
        (post) => post.authorityCode === code && (post.roles.includes('admin') || isPrincipal(post)),
      )
      const [authority, officers] = await Promise.all([
        findAuthority(app.db, code),
        officersOf(app.db, code, undefined, dateOfLaw(now)),
      ])
      const below = officers.filter(
        (each) => each.officerId !== officer.officerId && mayRecordFor(officer, ownPosts(each.posts)),
      )
      const seal = runs && authority ? [{ kind: 'authority' as const, id: code, name: authority.name }] : []
      return [...seal, ...below.map(({ officerId: id, name }) => ({ kind: 'officer' as const, id, name }))]
    }),
  )
  return owners.flat()
}

/** Whether an officer keeps the list of trusted authorities: procedure control of a province. */
export const keepsTrust = async (page: PageContext, officer: Officer): Promise<boolean> =>
  (await reachOfOfficer(page, officer))?.kind === 'province'

/** Whether an officer signs anything: decisions as a leader, digitised copies at the counter. */
export const signsPapers = (officer: Officer): boolean =>
  (['leader', 'reception'] as const).some((role) => hasRole(officer, role))

/** Everything on the page of means of signing that this officer may see. */
export async function meansPage(page: PageContext, officer: Officer) {
  const { app, locale, now } = page
  const t = messages(locale)
  const post = officer.posts.find(({ roles }) =>
    roles.some((role) => role === 'leader' || role === 'reception'),
  )
  const used = post && (await meansOf(app, officer, post.authorityCode))
  const own = { kind: 'officer' as const, id: officer.officerId, name: officer.name }
  const [managed, trusts] = await Promise.all([managedBy(page, officer), keepsTrust(page, officer)])
  const signers = await everySignerOf(app.db, [own, ...managed])
  const names = new Map([own, ...managed].map(({ kind, id, name }) => [`${kind}/${id}`, name]))
  const shown = signers.map((row): Means => {
    const isOwn = row.owner.kind === 'officer' && row.owner.id === officer.officerId
    const { image } = row.settings as { image?: string }
    return {
      id: row.id,
      owner: names.get(`${row.owner.kind}/${row.owner.id}`) ?? row.label,
      kind: t(row.owner.kind === 'authority' ? 'signing.means.seal' : `signing.means.${row.kind}`),
      until: dateText(row.validTo),
      state: row.state,
      ends: row.state === 'ended' ? null : endsText(row, page),
      image: image ? `data:image/png;base64,${image}` : null,
      inUse: row.id === used?.id,
      own: isOwn,
      mayChoose: isOwn && row.state === 'active' && row.id !== used?.id && !isUntried(row),
      mayManage: !isOwn,
      test: row.kind === 'csc' && row.state === 'active' ? testOf(row, locale) : null,
    }
  })
  const short = await shortPapers(app.db.pool)
  const trusted = trusts ? await trustedAuthorities(app.db) : []
  const hashes = trusted.map(({ certificate }) => certificateHash(certificate))
  const acts = await actsOn(app.db, [...signers.map(({ id }) => id), ...hashes])
  const about = new Map([
    ...shown.map(({ id, owner, kind }) => [id, `${owner} (${kind})`] as const),
    ...trusted.map(({ name }, i) => [hashes[i]!, name] as const),
  ])
  return {
    means: shown,
    remote: app.signatures.services.length > 0 && (signsPapers(officer) || managed.length > 0),
    mayAddPhone: app.config.demonstration.on && signsPapers(officer) && !signers.some(isPhoneOf(officer)),
    short: short && t('signing.stampsFollow', { count: short.count, since: momentText(short.since) }),
    trusts,
    trusted: trusted.map(({ name, validFrom, validTo }, i) => ({
      sha256: hashes[i]!,
      name,
      from: dateText(validFrom),
      to: validTo && dateText(validTo),
    })),
    acts: acts.map(({ subject, act, name, at }) => ({
      key: `${subject} ${act} ${at}`,
      at: momentText(at),
      text: t(`signing.means.act.${act}`, { name, what: about.get(subject) ?? '' }),
    })),
    today: dateOfLaw(now),
  }
}

const isUntried = ({ kind, settings }: SignerRow): boolean => kind === 'csc' && settings.triedAt === undefined

function testOf(row: SignerRow, locale: PageContext['locale']): NonNullable<Means['test']> {
  const { triedAt } = row.settings
  const at = triedAt === undefined ? null : momentText(String(triedAt))
  return { tried: at && messages(locale)('signing.remote.tried', { at }), otp: wantsOtp(row) }
}

const isPhoneOf =
  ({ officerId }: Officer) =>
  ({ kind, owner, state }: SignerRow) =>
    kind === 'mobile' && owner.id === officerId && state !== 'ended'

function endsText({ validTo }: SignerRow, { now, locale }: PageContext): string | null {
  const left = Math.ceil((new Date(validTo).getTime() - now.getTime()) / dayMs)
  if (left > daysBefore) return null
  const t = messages(locale)
  return left <= 0 ? t('signing.means.over') : t('signing.means.endsSoon', { days: left })
}

/** What came of an act, in words; undefined when it was done. */
export const problemOf = (outcome: Outcome<unknown>, { locale }: PageContext): string | undefined =>
  isRefusal(outcome) ? refusalText(outcome, locale) : undefined
