import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { signBytes } from './cms/raw-signature.ts'
import { requestsInMemory, type SignatureDoor } from './door.ts'
import { type KeyType, newKeys, openDemonstrationAuthority } from './pki/demonstration-authority.ts'
import { refusals } from './refusals.ts'
import type { SignatureReport, Signer, Signing } from './types.ts'

export const now = new Date('2026-11-22T03:00:00Z')
const dayMs = 86_400_000
export const daysLater = (days: number) => new Date(now.getTime() + days * dayMs)

/** Authorities in a folder of their own, a door without database, and signers with keys at hand. */
export function aDoor(options: { at?: Date } = {}) {
  const at = options.at ?? now
  const clock = { now: at }
  const authority = openDemonstrationAuthority({
    folder: join(mkdtempSync(join(tmpdir(), 'motcua-pki-')), 'pki'),
    ...{ secret: 'x'.repeat(40), baseUrl: 'http://localhost:8026', now: at },
  })
  const signers = new Map<string, Signer & { serial: string; calls: number }>()
  const checked: SignatureReport[] = []
  const door: SignatureDoor = {
    findSigner: async (id) => signers.get(id) ?? refusals.noSuchSigner(),
    requests: requestsInMemory(),
    timeStamps: authority.timeStamps(() => clock.now),
    revocation: authority.revocation(() => clock.now),
    trusted: async () => [
      { name: 'thử nghiệm', certificate: authority.root, validFrom: '2000-01-01', validTo: null },
    ],
    keepEvidence: async (found) => {
      if ('checked' in found) checked.push(found.checked)
    },
  }
  const addSigner = (id: string, keyType: KeyType = 'p256', from = daysLater(-30), to = daysLater(365)) => {
    const { key, publicKey } = newKeys(keyType)
    const chain = authority.issue({
      subject: { commonName: `Người ký ${id}`, organisation: 'UBND phường Hoa Sen' },
      ...{ publicKey, from, to },
    })
    const signer = {
      ...{ id, label: id, kind: 'pkcs12' as const, calls: 0 },
      serial: '',
      certificates: async () => chain,
      sign: async (wanted: readonly { bytes: Uint8Array }[]) => {
        signer.calls++
        return wanted.map(({ bytes }) => signBytes(key, bytes))
      },
    }
    signers.set(id, signer)
    return signer
  }
  return { door, authority, addSigner, clock, checked }
}

/** A paper of one page: with the cross-references of old files, or with those of new ones. */
export async function aPaper(kind: 'table' | 'streams' = 'table'): Promise<Uint8Array> {
  const paper = await PDFDocument.create()
  const page = paper.addPage([420, 595])
  page.drawText('GIAY PHEP so 128: 500.000 dong', { x: 40, y: 500, size: 14 })
  return paper.save({ useObjectStreams: kind === 'streams' })
}

let ink: Promise<Uint8Array> | undefined
export function anImage(): Promise<Uint8Array> {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><path d="M2 20 L30 5 L58 22" stroke="#1238b0" stroke-width="3" fill="none"/></svg>'
  ink ??= sharp(Buffer.from(svg)).png().toBuffer()
  return ink
}

export function aSigning(pdf: Uint8Array, more: Partial<Signing> = {}): Signing {
  return {
    ...{ pdf, field: 'signer', signerId: 'an', level: 'B-B', now },
    place: { page: 1, x: 260, y: 480, width: 110, height: 50 },
    appearance: { role: 'signer', lines: ['Nguyễn Văn An'] },
    ...more,
  }
}
