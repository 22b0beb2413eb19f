import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { type Certificate, readCertificate, saysIssuedBy } from '../cms/certificate.ts'
import { crlStanding, ocspStanding } from '../cms/revocation.ts'
import { dict, name, type PdfDict, PdfRef, PdfStream, type PdfValue } from '../pdf/pdf-values.ts'
import { PdfFile } from '../pdf/read-pdf.ts'
import { Increment } from '../pdf/write-increment.ts'
import type { RevocationSource } from '../types.ts'

/** What a check needs long after: certificates and the answers that they were not revoked. */
export interface Material {
  certificates: Uint8Array[]
  ocsps: Uint8Array[]
  crls: Uint8Array[]
}

/**
 * Gathers the material of chains: each certificate up to a trusted one, and for each below it an answer of its
 * authority. Undefined when nobody answers for one of them: then there is no B-LT.
 */
export async function gatherMaterial(
  chains: readonly (readonly Uint8Array[])[],
  trusted: readonly Uint8Array[],
  revocation: RevocationSource,
): Promise<Material | 'revoked' | undefined> {
  const material: Material = { certificates: [], ocsps: [], crls: [] }
  const roots = trusted.map(readCertificate)
  const done = new Set<string>()
  for (const chain of chains) {
    const known = [...chain.map(readCertificate), ...roots]
    const queue: Certificate[] = [readCertificate(chain[0]!)]
    for (let here = queue.shift(); here; here = queue.shift()) {
      if (done.has(here.sha256)) continue
      done.add(here.sha256)
      material.certificates.push(here.der)
      if (roots.some(({ sha256 }) => sha256 === here.sha256)) continue
      const issuer = known.find((one) => one.sha256 !== here.sha256 && saysIssuedBy(here, one))
      if (!issuer) return undefined
      queue.push(issuer)
      if (here.noCheck) continue
      const answer = await answerFor(here, issuer, revocation)
      if (!answer) return undefined
      if (answer.state === 'revoked') return 'revoked'
      material[answer.by === 'ocsp' ? 'ocsps' : 'crls'].push(answer.der)
    }
  }
  return material
}

/** An answer that says something: one that does not know the certificate is worth nothing in a file. */
async function answerFor(certificate: Certificate, issuer: Certificate, revocation: RevocationSource) {
  const ocsp = await revocation.ocsp(certificate.der, issuer.der)
  const answered = ocsp && ocspStanding(ocsp, certificate, issuer)
  if (answered) return { ...answered, der: ocsp }
  const crl = await revocation.crl(certificate.der, issuer.der)
  const listed = crl && crlStanding(crl, certificate, issuer)
  return listed && { ...listed, der: crl }
}

/** Adds the document security store (EN 319 142-1, 5.4) with the material of one signature, as an increment. */
export function addSecurityStore(pdf: Uint8Array, contents: Uint8Array, material: Material): Uint8Array {
  const increment = new Increment(PdfFile.open(pdf))
  const { file } = increment
  const catalogRef = file.catalogRef
  const held = file.catalog.get('DSS')
  const store: PdfDict = new Map(file.dict(held) ?? dict({ Type: name('DSS') }))
  const put = (key: string, all: readonly Uint8Array[]): PdfRef[] => {
    const known = file.array(store.get(key)) ?? []
    const kept = new Map(known.map((ref) => [hashOf(file, ref), ref as PdfRef]))
    const refs = all.map((der) => {
      const hash = sha256(der)
      const found =
        kept.get(hash) ??
        increment.add(new PdfStream(dict({ Filter: name('FlateDecode') }), deflateSync(der)))
      kept.set(hash, found)
      return found
    })
    if (kept.size > 0) store.set(key, [...kept.values()])
    return refs
  }
  const certs = put('Certs', material.certificates)
  const ocsps = put('OCSPs', material.ocsps)
  const crls = put('CRLs', material.crls)
  const own = dict({
    Cert: certs,
    OCSP: ocsps.length > 0 ? ocsps : undefined,
    CRL: crls.length > 0 ? crls : undefined,
  })
  const key = createHash('sha1').update(contents).digest('hex').toUpperCase()
  store.set('VRI', new Map([...(file.dict(store.get('VRI')) ?? []), [key, own]]))
  if (held instanceof PdfRef) increment.set(held, store)
  else increment.edit(catalogRef).set('DSS', increment.add(store))
  return increment.bytes().pdf
}

/** Everything that a store of a file holds. */
export function readSecurityStore(file: PdfFile): Material {
  const store = file.dict(file.catalog.get('DSS'))
  const read = (key: string) =>
    (file.array(store?.get(key)) ?? [])
      .map((value) => file.resolve(value))
      .filter((value) => value instanceof PdfStream)
      .map((stream) => file.content(stream))
  return { certificates: read('Certs'), ocsps: read('OCSPs'), crls: read('CRLs') }
}

function hashOf(file: PdfFile, ref: PdfValue): string {
  const stream = file.resolve(ref)
  return stream instanceof PdfStream ? sha256(file.content(stream)) : ''
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
