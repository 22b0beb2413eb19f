import { scryptSync } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../kernel/db.ts'
import { isRefusal, type Outcome } from '../../../kernel/errors.ts'
import { signBytes } from '../cms/raw-signature.ts'
import { type KeyFile, readKeyFile, writeKeyFile } from '../pki/key-file.ts'
import { derivedKey } from '../pki/sealed.ts'
import { refusals } from '../refusals.ts'
import { lockSigner, rightPin, type SignerRow, takePinTry } from '../signatures-store.ts'
import type { Signer } from '../types.ts'

/** A wrong PIN as often as this locks the signer. */
export const mostWrongPins = 3

export interface KeyFolder {
  folder: string
  /** Key of the installation. */
  secret: string
}

/** The password of a key file needs both: the installation's key and the PIN of its owner. */
export function passwordOf({ secret }: KeyFolder, signerId: string, pin: string): string {
  const stretched = scryptSync(pin.normalize('NFC'), `motcua ${signerId}`, 32, { N: 16_384, r: 8, p: 1 })
  return derivedKey(secret, 'key files', stretched).toString('base64url')
}

const pathOf = ({ folder }: KeyFolder, signerId: string) => join(folder, `${signerId}.p12`)

export async function keepKeyFile(
  keys: KeyFolder,
  signerId: string,
  keyFile: KeyFile,
  pin: string,
): Promise<void> {
  const bytes = await writeKeyFile(keyFile, passwordOf(keys, signerId, pin))
  mkdirSync(keys.folder, { recursive: true, mode: 0o700 })
  writeFileSync(pathOf(keys, signerId), bytes, { mode: 0o600, flag: 'wx' })
}

/** A signer whose key lies in a PKCS#12 file of the installation and opens with its owner's PIN. */
export function keyFileSigner(db: Db, keys: KeyFolder, row: SignerRow): Signer {
  return {
    id: row.id,
    label: row.label,
    kind: 'pkcs12',
    certificates: async () => row.certificates,
    async sign(wanted, { pin }) {
      const opened = await openKey({ db, keys }, row.id, pin)
      return isRefusal(opened) ? opened : wanted.map(({ bytes }) => signBytes(opened.key, bytes))
    },
  }
}

/** Opens a key with its owner's PIN; a wrong one takes a try away, and the last one locks. */
export async function openKey(
  { db, keys }: { db: Db; keys: KeyFolder },
  id: string,
  pin: string | undefined,
): Promise<Outcome<KeyFile>> {
  if (!pin) return refusals.authorisationNeeded()
  const taken = await takePinTry(db, id, mostWrongPins)
  if (!taken) return refusals.locked()
  const opened = await readKeyFile(readFileSync(pathOf(keys, id)), passwordOf(keys, id, pin))
  if (opened) {
    await rightPin(db, id)
    return opened
  }
  if (taken.left > 0) return refusals.wrongPin({ left: taken.left })
  await lockSigner(db, id)
  return refusals.locked()
}
