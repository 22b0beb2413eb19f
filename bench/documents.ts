import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepted, isRefusal } from '../src/kernel/errors.ts'
import {
  closePrinting,
  renderSlip,
  renderToBeSealed,
  sealField,
  unsealedLine,
} from '../src/modules/documents/index.ts'
import { samples } from '../src/modules/documents/samples.ts'
import { signBytes } from '../src/modules/signatures/cms/raw-signature.ts'
import {
  copyLines,
  preparePdf,
  requestsInMemory,
  signMany,
  verifyPdf,
} from '../src/modules/signatures/index.ts'
import { newKeys, openDemonstrationAuthority } from '../src/modules/signatures/pki/demonstration-authority.ts'

/*
 * Receipts printed, receipts printed and sealed, results signed with a key at hand, and signed results checked, per second
 * of one core: time of the process, not of the wall, because others use the machine as well. Beside them what nothing can be faster than: the
 * raw signature of a hash, and the check of one. Prints one JSON line.
 */
const n = Number(process.argv[2] ?? 300)
const now = new Date()
const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-'))
const authority = openDemonstrationAuthority({
  ...{ folder: join(folder, 'pki'), secret: 'x'.repeat(40), baseUrl: 'http://localhost', now },
})

const receiptOf = (i: number) => ({
  ...samples.receipt,
  code: `H99.12-261120-${String(i).padStart(5, '0')}`,
})
const printed = await measure(n, async (i) => accepted(await renderSlip('receipt', receiptOf(i))))
const sealed = await sealedReceipts()
await closePrinting()
const place = { page: 1, x: 260, y: 480, width: 110, height: 50 }
const paper = accepted(preparePdf(printed.last, { signatures: [{ name: 'signer', place }], texts: [] }))

const results = []
for (const keyType of ['p256', 'rsa2048', 'rsa3072'] as const) {
  const { key, door } = signerOf(keyType)
  const raw = await measure(n, (i) => signBytes(key, Buffer.from(`${i}`)))
  for (const level of ['B-B', 'B-T', 'B-LT'] as const) {
    const list = Array.from({ length: n }, (_, i) => ({
      ...{
        pdf: paper,
        field: 'signer',
        place,
        level,
        signerId: 'bench',
        now,
        requestId: `${keyType}${level}${i}`,
      },
      appearance: { role: 'signer' as const, lines: ['Nguyễn Văn An', `Số ${i}`] },
    }))
    const signed: Uint8Array[] = []
    const start = cpuMs()
    for await (const one of signMany(door, list)) signed.push(isRefusal(one) ? fail(one.code) : one.pdf)
    const signMs = (cpuMs() - start) / n
    const checked = await measure(n, async (i) => (await verifyPdf(door, signed[i]!, { at: now })).verdict)
    if (!checked.last.startsWith('valid')) fail(checked.last)
    results.push({
      ...{ keyType, level, signedPerSecond: perSecond(signMs), checkedPerSecond: perSecond(checked.ms) },
      rawSignaturesPerSecond: perSecond(raw.ms),
      ratioToRaw: round(raw.ms / signMs),
      kilobytes: Math.round(signed[0]!.length / 1024),
    })
  }
}
rmSync(folder, { recursive: true })
console.log(
  JSON.stringify({
    ...{ bench: 'documents', n, receiptsPerSecond: perSecond(printed.ms), ...sealed, results },
    hashesPerSecond: perSecond((await measure(n, () => createHash('sha256').update(paper).digest())).ms),
    residentMb: Math.round(process.memoryUsage().rss / 1024 / 1024),
  }),
)

/** As the product seals them: printed with the place of the seal, fifty under one authorisation, B-LT, P-256. */
async function sealedReceipts() {
  const { door } = signerOf('p256')
  const batch = 50
  const sealBatch = async (first: number) => {
    const list = await Promise.all(
      Array.from({ length: batch }, async (_, i) => {
        const { pdf: bare, seal: place } = accepted(await renderToBeSealed('receipt', receiptOf(first + i)))
        const open = { signatures: [{ name: sealField, place, until: [unsealedLine] }], texts: [] }
        return {
          ...{ pdf: accepted(preparePdf(bare, open)), field: sealField, place, level: 'B-LT' as const, now },
          ...{ signerId: 'bench', requestId: `seal${first + i}`, reason: 'Phát hành' },
          appearance: { role: 'seal' as const, lines: copyLines('Ủy ban nhân dân phường Hoa Sen', now) },
        }
      }),
    )
    const pdfs: Uint8Array[] = []
    for await (const one of signMany(door, list)) pdfs.push(isRefusal(one) ? fail(one.code) : one.pdf)
    return pdfs
  }
  await sealBatch(0)
  const batches = Math.max(1, Math.round(n / batch))
  const start = cpuMs()
  let last: Uint8Array[] = []
  for (let i = 1; i <= batches; i++) last = await sealBatch(i * batch)
  const ms = (cpuMs() - start) / (batches * batch)
  const { verdict } = await verifyPdf(door, last[0]!, { at: now })
  if (!verdict.startsWith('valid')) fail(verdict)
  return {
    sealedReceiptsPerSecond: perSecond(ms),
    sealedToUnsealed: round(printed.ms / ms),
    sealedKilobytes: Math.round(last[0]!.length / 1024),
  }
}

function signerOf(keyType: Parameters<typeof newKeys>[0]) {
  const { key, publicKey } = newKeys(keyType)
  const day = 86_400_000
  const [from, to] = [new Date(now.getTime() - day), new Date(now.getTime() + 100 * day)]
  const chain = authority.issue({ subject: { commonName: 'Bench' }, publicKey, from, to })
  return { key, door: doorOf(chain, (bytes) => signBytes(key, bytes)) }
}

function doorOf(chain: Uint8Array[], sign: (bytes: Uint8Array) => Uint8Array) {
  const signer = {
    ...{ id: 'bench', label: 'bench', kind: 'pkcs12' as const, certificates: async () => chain },
    sign: async (wanted: readonly { bytes: Uint8Array }[]) => wanted.map(({ bytes }) => sign(bytes)),
  }
  const trusted = [{ name: 'bench', certificate: authority.root, validFrom: '2000-01-01', validTo: null }]
  return {
    ...{
      findSigner: async () => signer,
      requests: requestsInMemory(),
      timeStamps: authority.timeStamps(() => now),
    },
    ...{
      revocation: authority.revocation(() => now),
      trusted: async () => trusted,
      keepEvidence: async () => {},
    },
  }
}

async function measure<T>(
  count: number,
  work: (i: number) => T | Promise<T>,
): Promise<{ ms: number; last: T }> {
  let last = await work(0)
  for (let i = 0; i < Math.min(20, count); i++) last = await work(i)
  const start = cpuMs()
  for (let i = 0; i < count; i++) last = await work(i)
  return { ms: (cpuMs() - start) / count, last }
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function perSecond(ms: number): number {
  return Math.round(1000 / ms)
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000
}

function fail(what: string): never {
  throw new Error(what)
}
