import type { App } from './app.ts'
import { isRefusal, type Outcome } from './kernel/errors.ts'
import { PhoneRequest, previewCopy } from './modules/dossiers/index.ts'
import type { Officer } from './modules/identity/index.ts'
import { findConfirmation } from './modules/signatures/index.ts'

/** A digitised copy that an officer's own phone is asked to sign, exactly as it will be; undefined for anybody else's. */
export async function previewAskedCopy(
  app: App,
  officer: Officer,
  { round, code, copy }: { round: string; code: string; copy: string },
): Promise<Outcome<Uint8Array> | undefined> {
  const signers = await app.signatures.signersOf({ kind: 'officer', id: officer.officerId })
  const phone = signers.find(({ kind }) => kind === 'mobile')
  const found = phone && (await findConfirmation(app.db, { requestId: round, signerId: phone.id }))
  const asked = PhoneRequest.safeParse(found?.about).data
  if (!asked || !('copies' in asked) || asked.copies.code !== code) return undefined
  const wanted = asked.copies.list.find(({ key }) => key === copy)
  if (wanted === undefined) return undefined
  const view = await app.dossiers.view(officer, code)
  if (isRefusal(view)) return view
  const door = { ...app.papers, signatures: app.signatures }
  return previewCopy(door, officer, view, { wanted, asked: { id: round, at: new Date(asked.copies.at) } })
}
