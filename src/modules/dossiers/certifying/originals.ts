import { dateOfLaw } from '../../../kernel/time.ts'
import { feesFor, type ProcedureVersion, totalOf } from '../../catalogue/index.ts'
import type { Request } from '../commands.ts'
import { certifiedCopy, copyFormOf } from '../papers/copy-form.ts'
import type { DossierView } from '../read-dossier.ts'
import type { Capture } from './capture-store.ts'
import type { Certification } from './certification-store.ts'

export const mostOriginals = 20

/** One paper that somebody wants certified copies of: what was asked for, and how far it is. */
export interface Original {
  /** Which paper of the request it is, from 0. */
  place: number
  name: string
  copies: number
  /** Pages as the request states them; null when nobody did. */
  statedPages: number | null
  capture: Capture | null
  certification: Certification | null
  /** Pages that count for the fee: as captured, else as stated. */
  pages: number
  /** Whole đồng; null when the procedure does not say. */
  feeVnd: number | null
}

export const certifiesCopies = ({ results }: Pick<ProcedureVersion, 'results'>): boolean =>
  results.some(({ template }) => template === certifiedCopy)

/** Whether copies of a dossier are wanted as files; of a procedure that certifies none they never are. */
export const wantsFiles = (
  version: Pick<ProcedureVersion, 'results'>,
  answers: DossierView['answers'],
): boolean => certifiesCopies(version) && copyFormOf(answers) !== 'paper'

type Seen = Pick<DossierView, 'answers'> & {
  dossier: Pick<DossierView['dossier'], 'caseCode' | 'channel' | 'submittedAt'>
}

/**
 * The originals of a dossier in their order: those of the request, then those that were captured beside them. The fee
 * of each follows the pages that were counted (TT 226/2016/TT-BTC: by the page of the original, at most so much a
 * copy); it is charged once, for a copy on paper or as a file. Pure.
 */
export function originalsOf(
  version: ProcedureVersion,
  view: Seen,
  { captures, certifications }: { captures: readonly Capture[]; certifications: readonly Certification[] },
): Original[] {
  const asked = rowsOf(version, view.answers)
  const beside = captures.map(({ place }) => place + 1)
  const count = Math.min(mostOriginals, Math.max(asked.length, ...beside, 1))
  return Array.from({ length: count }, (_, place) => {
    const row = asked[place] ?? {}
    const capture = captures.find((each) => each.place === place) ?? null
    const certification =
      certifications.find(({ originalId }) => capture !== null && originalId === capture.id) ?? null
    const statedPages = countIn(row.pages)
    const copies = countIn(row.copies) ?? 1
    const pages = capture?.pages.length || (statedPages ?? 1)
    const name = certification?.paperName ?? capture?.name ?? nameIn(row.paperType)
    const feeVnd = certification ? certification.feeVnd : feeOf(version, view, { copies, pages })
    return { place, name, copies, statedPages, capture, certification, pages, feeVnd }
  })
}

/**
 * The request that puts the fees of a dossier right by the pages that were counted; null while an original is not
 * captured, where nobody can say what they come to, and when the dossier states them already. Pure.
 */
export function feesByCount(
  version: ProcedureVersion,
  view: Seen & { dossier: Pick<DossierView['dossier'], 'fees'> },
  originals: readonly Original[],
): Extract<Request, { command: 'correctFees' }> | null {
  if (originals.some(({ capture }) => (capture?.pages.length ?? 0) === 0)) return null
  const stated = new Map(view.dossier.fees.map(({ key, amountVnd }) => [key, amountVnd]))
  const fees = linesOf(version, view, originals).flatMap(({ key, amountVnd }) =>
    amountVnd === null || !stated.has(key) || stated.get(key) === amountVnd ? [] : [{ key, amountVnd }],
  )
  if (fees.length === 0) return null
  const counted = originals.map(({ name, place, pages, statedPages }) => {
    const said = statedPages === null ? 'chưa khai' : `khai ${statedPages}`
    return `${name || `bản chính ${place + 1}`} ${pages} trang (${said})`
  })
  const reason = `Số trang đếm được tại quầy khác số trang khai: ${counted.join('; ')}.`
  return { command: 'correctFees', fees, reason: reason.slice(0, 4000) }
}

/** What certified copies of some originals cost together; null when nobody can say. */
export const feeOfAll = (originals: readonly Pick<Original, 'feeVnd'>[]): number | null =>
  originals.reduce<number | null>(
    (sum, { feeVnd }) => (sum === null || feeVnd === null ? null : sum + feeVnd),
    0,
  )

type Row = { paperType?: unknown; pages?: unknown; copies?: unknown }

function rowsOf({ counts }: ProcedureVersion, answers: DossierView['answers']): Row[] {
  const rows = counts.each === null ? undefined : answers[counts.each]
  return Array.isArray(rows) ? (rows as Row[]) : []
}

const countIn = (value: unknown) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null)
const nameIn = (value: unknown) => (typeof value === 'string' ? value.trim().slice(0, 200) : '')

const feeOf = (version: ProcedureVersion, view: Seen, row: Counted) => totalOf(linesOf(version, view, [row]))

type Counted = Pick<Original, 'copies' | 'pages'>

function linesOf(version: ProcedureVersion, { dossier, answers }: Seen, counted: readonly Counted[]) {
  const { caseCode, channel, submittedAt } = dossier
  const { each } = version.counts
  const rows = counted.map(({ copies, pages }) => ({ copies, pages }))
  return feesFor(version, {
    ...{ caseCode, channel, today: dateOfLaw(submittedAt), ...rows[0] },
    answers: { ...answers, ...(each !== null && { [each]: rows }) },
  })
}
