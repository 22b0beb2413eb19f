import { isRefusal, type Outcome } from 'motcua/kernel/errors'
import { newId } from 'motcua/kernel/ids'
import { Request as Act, DossierCode, findByCode } from 'motcua/modules/dossiers'
import type { Officer } from 'motcua/modules/identity'
import {
  type Confirmation,
  closeConfirmation,
  describeConfirmation,
  findConfirmation,
  type SignerRow,
} from 'motcua/modules/signatures'
import type { PageContext } from 'motcua/web/context'
import { z } from 'zod'
import { Flash } from './flash'
import { procedureNames } from './names'

const WantedAct = z.object({ code: DossierCode, sequence: z.int(), request: Act })

/** An act that signs a paper, as the desk showed its dossier. */
export type WantedAct = z.infer<typeof WantedAct>

/** One confirmation covers at most as many papers as one call of a signer. */
const mostAsked = 50

const About = z.object({ acts: z.array(WantedAct).min(1).max(mostAsked) })

export const waitPath = (round: string) => `/can-bo/ky/cho/${round}`

/** The phone of an officer, when that is what they sign by. */
export async function phoneOf(
  { app }: Pick<PageContext, 'app'>,
  officer: Officer,
): Promise<SignerRow | undefined> {
  const signers = await app.signatures.signersOf({ kind: 'officer', id: officer.officerId })
  return signers.find(({ kind }) => kind === 'mobile')
}

/**
 * Asks for signatures on the officer's phone: gives the page that waits for the answer. What needs no signature is
 * done and what would be refused is refused at once; when nothing is left to wait for, what became of all.
 */
export async function askPhone(
  page: PageContext,
  officer: Officer,
  wanted: readonly WantedAct[],
): Promise<{ waitsAt: string; flash: Flash } | { flash: Flash }> {
  const acts = wanted.slice(0, mostAsked)
  const round = newId(page.now.getTime())
  const outcomes = await actAll(page, officer, acts, round)
  const waits = (outcome: Outcome<unknown> | undefined) =>
    isRefusal(outcome) && outcome.code === 'signatures.waiting-for-confirmation'
  const waiting = acts.filter((_, i) => waits(outcomes[i]))
  const settled = acts.flatMap((act, i) => (waits(outcomes[i]) ? [] : [[act, outcomes[i]!] as const]))
  const flash = flashOf(page, settled)
  const phone = await phoneOf(page, officer)
  if (waiting.length === 0 || !phone) return { flash }
  await describeConfirmation(page.app.db, { requestId: round, signerId: phone.id, about: { acts: waiting } })
  return { waitsAt: waitPath(round), flash }
}

/** A request of this officer's own phone; undefined for anybody else's. */
export async function confirmationOf(page: PageContext, officer: Officer, round: string) {
  if (!z.uuid().safeParse(round).success) return undefined
  const phone = await phoneOf(page, officer)
  return phone && findConfirmation(page.app.db, { requestId: round, signerId: phone.id })
}

/** Does what was confirmed, and keeps what became of it for the desk. Asked twice, it signs nothing twice. */
export async function finish(page: PageContext, officer: Officer, confirmed: Confirmation): Promise<void> {
  const about = About.safeParse(confirmed.about)
  if (!about.success) return
  const { acts } = about.data
  const outcomes = await actAll(page, officer, acts, confirmed.requestId)
  const outcome = flashOf(
    page,
    acts.map((act, i) => [act, outcomes[i]!] as const),
  )
  const { requestId, signerId } = confirmed
  await closeConfirmation(page.app.db, { requestId, signerId, outcome })
}

/** What became of a request, once it is settled. */
export const outcomeOf = ({ outcome }: Confirmation): Flash | undefined => Flash.safeParse(outcome).data

async function actAll(
  { app, now }: PageContext,
  officer: Officer,
  acts: readonly WantedAct[],
  round: string,
): Promise<Outcome<unknown>[]> {
  const authorisation = { confirmation: round }
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
  code: string
  applicant: string
  procedure: string
  previewHref: string
}

/** What a request asks for, paper by paper. */
export async function papersOf(page: PageContext, { about, requestId }: Confirmation): Promise<AskedPaper[]> {
  const acts = About.safeParse(about).data?.acts ?? []
  const files = await Promise.all(acts.map(({ code }) => findByCode(page.app.db.pool, code)))
  const codes = files.flatMap((file) => (file ? [file.dossier.procedureCode] : []))
  const names = await procedureNames(page, codes)
  return acts.flatMap(({ code }, i) => {
    const file = files[i]
    if (!file) return []
    const { procedureCode } = file.dossier
    return {
      ...{ code, applicant: file.party.name, procedure: names[procedureCode] ?? procedureCode },
      // By the request, so that a refusal is looked at as a refusal, with its reason.
      previewHref: `/giay/${code}/xem-truoc.pdf?yeu-cau=${requestId}`,
    }
  })
}
