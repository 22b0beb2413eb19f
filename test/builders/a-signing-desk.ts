import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Db } from '../../src/kernel/db.ts'
import { accepted } from '../../src/kernel/errors.ts'
import { filesOnDisk } from '../../src/kernel/files.ts'
import { closePrinting, type IssuedDocument, openDocument } from '../../src/modules/documents/index.ts'
import type { Dossier, PaperDoor } from '../../src/modules/dossiers/index.ts'
import { createSignatures, demonstrationPin, type Signatures } from '../../src/modules/signatures/index.ts'
import { aDesk, morning } from './a-desk.ts'

/** What opens the keys of officers and authorities here. */
export const pin = { pin: demonstrationPin }

/** A desk where papers are signed and sealed with the keys of a demonstration. */
export async function aSigningDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-signing-'))
  let opened: (PaperDoor & { signatures: Signatures }) | undefined
  const desk = await aDesk({
    papersOf: (db) => {
      opened = doorOf(db, folder)
      return opened
    },
  })
  const door = opened!
  return {
    ...{ desk, door },
    bytesOf: async (document: IssuedDocument) =>
      buffer(accepted(await openDocument(door.files, document)).stream),
    viewOf: async ({ code }: Pick<Dossier, 'code'>, by: Parameters<typeof desk.dossiers.view>[0]) =>
      accepted(await desk.dossiers.view(by, code)),
    async close() {
      await closePrinting()
      await desk.db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function doorOf(db: Db, folder: string) {
  const baseUrl = 'https://motcua.example'
  const signatures = createSignatures({
    ...{ db, baseUrl, dataDir: folder, secret: 'of the tests, at least 32 characters' },
    ...{ demonstration: true, now: () => morning },
  })
  const files = filesOnDisk(join(folder, 'files'))
  return { db, files, baseUrl, now: () => morning, signatures, sealing: pin }
}
