import { isRefusal, type Outcome } from 'motcua/kernel/errors'
import { messages } from 'motcua/kernel/i18n'
import { newId } from 'motcua/kernel/ids'
import { getVersion } from 'motcua/modules/catalogue'
import {
  digitisePapers,
  findByCode,
  mostOnPhone,
  PhoneRequest,
  type WantedAct,
  type WantedCopies,
} from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import {
  type Authorisation,
  type Confirmation,
  closeConfirmation,
  describeConfirmation,
  findConfirmation,
  type SignerRow,
} from 'motcua/modules/signatures'
import { findPaperKind } from 'motcua/modules/vault'
import type { PageContext } from 'motcua/web/context'
import { z } from 'zod'
import { digitisingDoor } from './digitise-door'
import { Flash } from './flash'
import { procedureNames } from './names'

export const waitPath = (round: string) => `/can-bo/ky/cho/${round}`

/** The phone of an officer, when that is what they sign by. */
export async function phoneOf(
  { app }: Pick<PageContext, 'app'>,
  officer: Officer,
): Promise<SignerRow | undefined> {
  const signers = await app.signatures.signersOf({ kind: 'officer', id: officer.officerId })
  return signers.find(({ kind }) => kind === 'mobile')
}

type Asked = { waitsAt: string; flash: Flash } | { flash: Flash }

/**
 * Asks for signatures on the officer's phone: gives the page that waits for the answer. What needs no signature is
 * done and what would be refused is refused at once; when nothing is left to wait for, what became of all.
 */
export async function askPhone(
  page: PageContext,
  officer: Officer,
  wanted: readonly WantedAct[],
): Promise<Asked> {
  const acts = wanted.slice(0, mostOnPhone)
  const round = newId(page.now.getTime())
  const outcomes = await actAll(page, officer, acts, { confirmation: round })
  const waiting = acts.filter((_, i) => waits(outcomes[i]))
  const settled = acts.flatMap((act, i) => (waits(outcomes[i]) ? [] : [[act, outcomes[i]!] as const]))
  const flash = flashOf(page, settled)
  const phone = await phoneOf(page, officer)
  if (waiting.length === 0 || !phone) return { flash }
  await describeConfirmation(page.app.db, { requestId: round, signerId: phone.id, about: { acts: waiting } })
  return { waitsAt: waitPath(round), flash }
}

/** Asks the officer's phone to sign digitised copies: gives the page that waits, or why nothing can be asked. */
export async function askPhoneForCopies(
  page: PageContext,
  officer: Officer,
  copies: Pick<WantedCopies, 'code' | 'list'>,
): Promise<Outcome<{ waitsAt: string }>> {
  const round = newId(page.now.getTime())
  const wanted = { ...copies, list: copies.list.slice(0, mostOnPhone), at: page.now.toISOString() }
  const outcomes = await signCopies(page, officer, wanted, round, {})
  const refused = outcomes.find((each) => isRefusal(each) && !waits(each))
  if (isRefusal(refused)) return refused
  const phone = await phoneOf(page, officer)
  if (!phone) throw new Error('copies wait for a phone that is not there')
  await describeConfirmation(page.app.db, {
    ...{ requestId: round, signerId: phone.id, about: { copies: wanted } },
  })
  return { waitsAt: `${waitPath(round)}?ho-so=${copies.code}` }
}

const waits = (outcome: Outcome<unknown> | undefined) =>
  isRefusal(outcome) && outcome.code === 'signatures.waiting-for-confirmation'

/** A request of this officer's own phone; undefined for anybody else's. */
export async function confirmationOf(page: PageContext, officer: Officer, round: string) {
  if (!z.uuid().safeParse(round).success) return undefined
  const phone = await phoneOf(page, officer)
  return phone && findConfirmation(page.app.db, { requestId: round, signerId: phone.id })
}

/** Does what was confirmed, and keeps what became of it for the desk. Asked twice, it signs nothing twice. */
export async function finish(
  page: PageContext,
  officer: Officer,
  confirmed: Confirmation,
  pin: string,
): Promise<void> {
  const about = PhoneRequest.safeParse(confirmed.about).data
  if (!about) return
  const { requestId, signerId } = confirmed
  const outcome =
    'acts' in about
      ? await finishActs(page, officer, about.acts, { confirmation: requestId, pin })
      : await finishCopies(page, officer, about.copies, requestId, pin)
  await closeConfirmation(page.app.db, { requestId, signerId, outcome })
}

async function finishActs(
  page: PageContext,
  officer: Officer,
  acts: readonly WantedAct[],
  authorisation: Authorisation,
): Promise<Flash> {
  const outcomes = await actAll(page, officer, acts, authorisation)
  return flashOf(
    page,
    acts.map((act, i) => [act, outcomes[i]!] as const),
  )
}

async function finishCopies(
  page: PageContext,
  officer: Officer,
  copies: WantedCopies,
  round: string,
  pin: string,
): Promise<Flash> {
  const outcomes = await signCopies(page, officer, copies, round, { pin })
  const refused = outcomes.filter(isRefusal)
  const count = outcomes.length - refused.length
  return {
    ...{ at: page.now.toISOString(), command: 'digitise', done: [] },
    refused: refused.map(({ code }) => [copies.code, code.slice(0, 60)]),
    said: messages(page.locale)('digitise.signed', { count }),
  }
}

async function signCopies(
  page: PageContext,
  officer: Officer,
  { code, at, list }: WantedCopies,
  round: string,
  authorisation: Authorisation,
): Promise<Outcome<unknown>[]> {
  const view = await page.app.dossiers.view(officer, code)
  if (isRefusal(view)) return list.map(() => view)
  return digitisePapers(digitisingDoor(page), officer, view, {
    ...{ list, authorisation: { ...authorisation, confirmation: round } },
    asked: { id: round, at: new Date(at) },
  })
}

/** What became of a request, once it is settled. */
export const outcomeOf = ({ outcome }: Confirmation): Flash | undefined => Flash.safeParse(outcome).data

async function actAll(
  { app, now }: PageContext,
  officer: Officer,
  acts: readonly WantedAct[],
  authorisation: Authorisation,
): Promise<Outcome<unknown>[]> {
  const approvals = acts.flatMap(({ code, sequence, request }) =>
    request.command === 'approve' ? [{ code, expectedSequence: sequence, request }] : [],
  )
  if (approvals.length === acts.length)
    return app.dossiers.approve(officer, approvals, { now, authorisation })
  const outcomes: Outcome<unknown>[] = []
  for (const { code, sequence, request } of acts)
    outcomes.push(
      await app.dossiers.act(officer, code, request, { now, expectedSequence: sequence, authorisation }),
    )
  return outcomes
}

function flashOf({ now }: PageContext, settled: readonly (readonly [WantedAct, Outcome<unknown>])[]): Flash {
  const flash: Flash = {
    ...{ at: now.toISOString(), command: settled[0]?.[0].request.command ?? 'approve' },
    ...{ done: [], refused: [] },
  }
  for (const [{ code }, outcome] of settled)
    if (isRefusal(outcome)) flash.refused.push([code, outcome.code])
    else flash.done.push(code)
  return flash
}

/** One paper that a phone is asked to sign. */
export interface AskedPaper {
  key: string
  code: string
  applicant: string
  /** What is done: a result of a procedure, or the kind of a paper that was digitised. */
  what: string
  previewHref: string
}

/** What a request asks for, paper by paper. */
export async function papersOf(page: PageContext, { about, requestId }: Confirmation): Promise<AskedPaper[]> {
  const read = PhoneRequest.safeParse(about).data
  if (!read) return []
  return 'acts' in read ? actPapers(page, read.acts, requestId) : copyPapers(page, read.copies, requestId)
}

async function actPapers(
  page: PageContext,
  acts: readonly WantedAct[],
  round: string,
): Promise<AskedPaper[]> {
  const files = await Promise.all(acts.map(({ code }) => findByCode(page.app.db.pool, code)))
  const codes = files.flatMap((file) => (file ? [file.dossier.procedureCode] : []))
  const names = await procedureNames(page, codes)
  return acts.flatMap(({ code }, i) => {
    const file = files[i]
    if (!file) return []
    const { procedureCode } = file.dossier
    return {
      ...{ key: code, code, applicant: file.party.name, what: names[procedureCode] ?? procedureCode },
      // By the request, so that a refusal is looked at as a refusal, with its reason.
      previewHref: `/giay/${code}/xem-truoc.pdf?yeu-cau=${round}`,
    }
  })
}

async function copyPapers(
  page: PageContext,
  { code, list }: WantedCopies,
  round: string,
): Promise<AskedPaper[]> {
  const t = messages(page.locale)
  const file = await findByCode(page.app.db.pool, code)
  if (!file) return []
  const { procedureCode, procedureVersion } = file.dossier
  const { components } = await getVersion(page.app.db, procedureCode, procedureVersion)
  // A key begins with the component that the paper is for.
  const nameOf = (key: string, paperCode: string | null) =>
    findPaperKind(paperCode)?.[page.locale === 'en' ? 'nameEn' : 'name'] ??
    components.find((each) => each.key === key.split('~')[0])?.name
  return list.map(({ key, paperCode }) => ({
    ...{ key, code, applicant: file.party.name },
    what: [t('digitise.title'), nameOf(key, paperCode)].filter(Boolean).join(': '),
    previewHref: `/giay/${code}/ban-sao-cho-ky.pdf?yeu-cau=${round}&giay=${encodeURIComponent(key)}`,
  }))
}
