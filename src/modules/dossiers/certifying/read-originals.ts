import type { Queryable } from '../../../kernel/db.ts'
import type { ProcedureVersion } from '../../catalogue/index.ts'
import { copyFormOf } from '../papers/copy-form.ts'
import type { DossierView } from '../read-dossier.ts'
import { capturesOf } from './capture-store.ts'
import { certificationsOf } from './certification-store.ts'
import { certifiesCopies, type Original, originalsOf } from './originals.ts'

type Seen = Pick<DossierView, 'answers' | 'dossier'>

/** The originals of a dossier as they stand captured and certified. */
export async function readOriginals(
  db: Queryable,
  version: ProcedureVersion,
  view: Seen,
): Promise<Original[]> {
  const [captures, certifications] = await Promise.all([
    capturesOf(db, view.dossier.id),
    certificationsOf(db, view.dossier.id),
  ])
  return originalsOf(version, view, { captures, certifications })
}

/** Whether files alone are wanted and one is not signed yet: a decision would give nothing for it. */
export async function lacksFiles(db: Queryable, version: ProcedureVersion, view: Seen): Promise<boolean> {
  if (!certifiesCopies(version) || copyFormOf(view.answers) !== 'electronic') return false
  const originals = await readOriginals(db, version, view)
  return originals.some(({ certification }) => certification === null)
}
