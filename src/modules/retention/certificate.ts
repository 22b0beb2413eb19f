import type { Db } from '../../kernel/db.ts'
import type { Outcome } from '../../kernel/errors.ts'
import { messages } from '../../kernel/i18n.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { findAuthority, findOfficer } from '../directory/index.ts'
import { type Layouts, renderSlip } from '../documents/index.ts'
import type { Batch, Line } from './retention-store.ts'

/** What may be counted in a line, in the order in which it is printed. */
export const erasedKinds = ['contents', 'drafts', 'papers', 'files', 'issued', 'messages', 'kept'] as const

const shortDate = (date: string) => date.split('-').reverse().join('/')

/** The certificate of a batch that ran to its end, as PDF/A. */
export async function certificateOf(
  { db, layouts }: { db: Db; layouts?: Layouts },
  batch: Batch,
  lines: readonly Line[],
): Promise<Outcome<Uint8Array>> {
  const t = messages('vi')
  const authority = await findAuthority(db, batch.authority)
  const parent = authority?.parentCode ? await findAuthority(db, authority.parentCode) : undefined
  const name = async (id: string | null) => (id === null ? '' : ((await findOfficer(db, id))?.name ?? id))
  const sum = (kind: string) => lines.reduce((n, { erased }) => n + (erased?.[kind] ?? 0), 0)
  return renderSlip(
    'destruction',
    {
      sample: authority?.sample ?? true,
      agency: { parent: parent?.name ?? '', name: authority?.name ?? batch.authority },
      number: '……',
      place: authority?.shortName.replace(/^(Phường|Xã|Đặc khu|Tỉnh)\s+/i, '') ?? '',
      on: dateOfLaw(new Date(batch.after!.at)),
      code: batch.id,
      basis: batch.basis,
      proposedBy: await name(batch.proposedBy),
      proposedAt: batch.proposedAt.toISOString(),
      approvedBy: await name(batch.decidedBy),
      approvedAt: batch.decidedAt!.toISOString(),
      decision: batch.decision ?? '',
      purged: batch.purged,
      skipped: batch.skipped,
      counts: erasedKinds.map((kind) => ({ name: t(`retention.erased.${kind}`), count: sum(kind) })),
      before: batch.before!,
      after: batch.after!,
      dossiers: lines.map((line) => ({
        code: line.code,
        ended: shortDate(dateOfLaw(line.endedAt)),
        due: shortDate(line.dueOn),
        rule: line.rule,
        outcome:
          line.state === 'skipped'
            ? t(`retention.skipped.${skippedWhy(line.why)}`)
            : t('retention.line.purged'),
      })),
    },
    layouts ? { layouts } : {},
  )
}

const reasons = ['held', 'kept', 'open', 'permanent', 'linked-open', 'faulty'] as const

/** Why a dossier stayed, as the messages know it. */
export const skippedWhy = (why: string | null): (typeof reasons)[number] =>
  reasons.find((each) => each === why) ?? 'open'
