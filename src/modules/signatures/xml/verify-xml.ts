import { createHash, verify } from 'node:crypto'
import { DOMParser } from '@xmldom/xmldom'
import { SignedXml } from 'xml-crypto'
import { type Certificate, readCertificate } from '../cms/certificate.ts'
import type { TimeStamp } from '../cms/read-time-stamp.ts'
import { type ChainFinding, checkChain } from '../pades/check-chain.ts'
import { type CheckDoor, isForSigning, verdictOf } from '../pades/verify-pdf.ts'
import { patiently } from '../pki/patience.ts'
import type { Level, ProblemCode, SignatureFinding, SignatureReport } from '../types.ts'
import { unsignedProperties } from './xades-properties.ts'

/*
 * XML signatures (XMLDSig, XAdES) by xml-crypto, which checks references and the signature. What it does not look at
 * is looked at here: which part of the file is covered, whose certificate it is, and whether it may be believed.
 */
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const mostSignatures = 20
const largest = 20 * 1024 * 1024

/** Checks every signature of an XML file and keeps what was found. Files with a document type are refused. */
export async function verifyXml(
  door: CheckDoor,
  bytes: Uint8Array,
  { at }: { at: Date },
): Promise<SignatureReport> {
  const report = await check(door, bytes, at)
  await door.keepEvidence?.({ checked: report })
  return report
}

async function check(door: CheckDoor, bytes: Uint8Array, now: Date): Promise<SignatureReport> {
  const head = {
    kind: 'xml' as const,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    checkedAt: now.toISOString(),
  }
  const parsed = parse(bytes)
  if (typeof parsed === 'string') return { ...head, signatures: [], verdict: 'invalid', problems: [parsed] }
  const nodes = Array.from(parsed.document.getElementsByTagNameNS(dsig, 'Signature'))
  if (nodes.length > mostSignatures)
    return { ...head, signatures: [], verdict: 'invalid', problems: ['too-complex'] }
  const patient = { ...door, revocation: patiently(door.revocation) }
  try {
    const signatures = await Promise.all(nodes.map((node, i) => checkOne(patient, parsed, node, i, now)))
    return { ...head, signatures, verdict: verdictOf(signatures, []), problems: [] }
  } catch (error) {
    // Elements in elements, deeper than any paper has them, end the stack.
    if (!(error instanceof RangeError)) throw error
    return { ...head, signatures: [], verdict: 'invalid', problems: ['too-complex'] }
  }
}

interface Parsed {
  text: string
  document: Document
}

function parse(bytes: Uint8Array): Parsed | ProblemCode {
  if (bytes.length > largest) return 'too-complex'
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '')
  // Entities may say another thing to every reader, and may grow without end.
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return 'too-complex'
  const problems: unknown[] = []
  const note = (problem: unknown) => void problems.push(problem)
  try {
    const parser = new DOMParser({ errorHandler: { warning: note, error: note, fatalError: note } })
    const document = parser.parseFromString(text, 'text/xml')
    return problems.length === 0 && document?.documentElement ? { text, document } : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

async function checkOne(
  door: CheckDoor,
  { text, document }: Parsed,
  node: Element,
  index: number,
  now: Date,
): Promise<SignatureFinding> {
  const empty: SignatureFinding = {
    ...{
      field: node.getAttribute('Id') || `#${index + 1}`,
      kind: 'signature',
      signerName: '',
      organisation: null,
    },
    ...{ issuer: '', serial: '', signedAt: null, timestamp: null, level: null, covers: 'earlier revision' },
    ...{ integrity: false, chain: 'unknown-issuer', revocation: { by: null, at: null } },
    ...{ laterChanges: 'none', changes: [], problems: [] },
  }
  const certificates = certificatesIn(node)
  const signer = certificates[0]
  if (!signer) return { ...empty, problems: ['bad-container'] }
  const problems = new Set<ProblemCode>()
  const weak = [...methodsIn(node)].some((method) => !strong.has(method))
  if (weak) problems.add('weak-algorithm')
  const references = weak ? undefined : signedReferences(text, node, signer)
  if (!weak && !references) problems.add('altered')
  const covers = references !== undefined && coversAll(document, node, references.uris)
  if (references && !covers) problems.add('not-covered')
  const properties = references && propertiesIn(references.contents)
  if (properties?.certificate && !isNamed(signer, properties.certificate))
    problems.add('certificate-not-bound')
  const { stamps, hasWrongStamp, material } = unsignedProperties(node)
  const common = { trusted: await door.trusted(), revocation: door.revocation, material, now }
  const believed: TimeStamp[] = []
  for (const stamp of stamps) {
    const { authority: leaf, certificates: pool, at } = stamp
    const { state } = await checkChain({ ...common, leaf, pool, at, isProven: true })
    if (state === 'trusted') believed.push(stamp)
  }
  if (hasWrongStamp || believed.length < stamps.length) problems.add('timestamp-wrong')
  const [stamp] = believed.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  if (!stamp) problems.add('timestamp-missing')
  const chain = await checkChain({
    ...{ ...common, leaf: signer, pool: certificates, at: stamp?.at ?? now, isProven: stamp !== undefined },
  })
  if (chain.state !== 'trusted') problems.add(chain.state)
  else if (!chain.isKnown) problems.add('revocation-unknown')
  if (!isForSigning(signer)) problems.add('not-for-signing')
  return {
    ...empty,
    ...{ signerName: signer.commonName, organisation: signer.organisation, issuer: signer.issuerName },
    serial: signer.serial,
    signedAt: stamp?.at.toISOString() ?? properties?.signedAt ?? null,
    timestamp: stamp ? { at: stamp.at.toISOString(), authority: stamp.authority.commonName } : null,
    level: properties?.certificate ? levelOf(stamp, chain) : null,
    covers: covers ? 'whole' : 'earlier revision',
    ...{ integrity: references !== undefined, chain: chain.state, revocation: chain.revocation },
    problems: [...problems],
  }
}

/** Up to B-LT: stamps over an archive (XAdES B-LTA) are not read. */
function levelOf(stamp: TimeStamp | undefined, { isKnown, isEmbedded }: ChainFinding): Level {
  if (!stamp) return 'B-B'
  return isKnown && isEmbedded ? 'B-LT' : 'B-T'
}

const strong = new Set([
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
])

const directlyIn = (node: Element, name: string): Element[] =>
  Array.from(node.childNodes).filter(
    (one): one is Element =>
      one.nodeType === 1 && (one as Element).localName === name && (one as Element).namespaceURI === dsig,
  )

/** Algorithms of the signature itself and of its references. */
function* methodsIn(node: Element): Generator<string> {
  for (const info of directlyIn(node, 'SignedInfo')) {
    for (const one of directlyIn(info, 'SignatureMethod')) yield one.getAttribute('Algorithm') ?? ''
    for (const reference of directlyIn(info, 'Reference'))
      for (const one of directlyIn(reference, 'DigestMethod')) yield one.getAttribute('Algorithm') ?? ''
  }
}

/** The signer's certificate first: the one that is no authority. */
function certificatesIn(node: Element): Certificate[] {
  const found = directlyIn(node, 'KeyInfo')
    .flatMap((info) => directlyIn(info, 'X509Data'))
    .flatMap((data) => directlyIn(data, 'X509Certificate'))
    .flatMap((one) => {
      try {
        return [readCertificate(Buffer.from(one.textContent ?? '', 'base64'))]
      } catch {
        return []
      }
    })
  return found.toSorted((a, b) => Number(a.isAuthority) - Number(b.isAuthority))
}

/** What was signed, as it was signed; undefined when a reference or the signature does not fit. */
function signedReferences(
  text: string,
  node: Element,
  signer: Certificate,
): { uris: string[]; contents: string[] } | undefined {
  try {
    const signature = new SignedXml({
      publicCert: signer.publicKey.export({ type: 'spki', format: 'pem' }) as string,
      getCertFromKeyInfo: () => null,
    })
    signature.SignatureAlgorithms['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'] =
      EcdsaSha256 as never
    signature.loadSignature(node as never)
    if (!signature.checkSignature(text)) return undefined
    const uris = directlyIn(directlyIn(node, 'SignedInfo')[0]!, 'Reference').map(
      (one) => one.getAttribute('URI') ?? '',
    )
    return { uris, contents: signature.getSignedReferences() }
  } catch {
    return undefined
  }
}

class EcdsaSha256 {
  getAlgorithmName = () => 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'
  getSignature = (): string => {
    throw new Error('only checks')
  }
  // XML writes the two numbers side by side (RFC 4050).
  verifySignature = (material: string, key: string, value: string): boolean =>
    verify('sha256', Buffer.from(material), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(value, 'base64'))
}

/** Whether references cover everything of a file but its signatures. */
function coversAll(document: Document, own: Element, uris: readonly string[]): boolean {
  if (uris.includes('')) return true
  const ids = new Set(uris.filter((uri) => uri.startsWith('#')).map((uri) => uri.slice(1)))
  const isCovered = (element: Element) =>
    ['Id', 'ID', 'id'].some((name) => element.hasAttribute(name) && ids.has(element.getAttribute(name)!))
  const isSignature = (element: Element) => element.namespaceURI === dsig && element.localName === 'Signature'
  const leads = (element: Element): boolean =>
    isCovered(element) || isSignature(element) || children(element).some(leads)
  const walk = (element: Element): boolean => {
    if (isCovered(element) || isSignature(element)) return true
    if (!leads(element)) return false
    const texts = Array.from(element.childNodes).filter(({ nodeType }) => nodeType === 3 || nodeType === 4)
    return texts.every(({ nodeValue }) => (nodeValue ?? '').trim() === '') && children(element).every(walk)
  }
  return own.parentNode !== null && walk(document.documentElement)
}

const children = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((one): one is Element => one.nodeType === 1)

interface Properties {
  signedAt: string | undefined
  certificate: { algorithm: string; digest: string } | undefined
}

/** Signed properties of XAdES, out of what was really signed. */
function propertiesIn(contents: readonly string[]): Properties | undefined {
  const signed = contents.find((text) => /^<(\w+:)?SignedProperties[\s>]/.test(text))
  if (!signed) return undefined
  const document = new DOMParser().parseFromString(signed, 'text/xml')
  const first = (name: string) => Array.from(document.getElementsByTagNameNS('*', name))[0]
  const time = new Date(first('SigningTime')?.textContent ?? '')
  const certificate = first('CertDigest')
  const digest = certificate && first('DigestValue')?.textContent?.replace(/\s/g, '')
  return {
    signedAt: Number.isNaN(time.getTime()) ? undefined : time.toISOString(),
    certificate: digest
      ? { algorithm: first('DigestMethod')?.getAttribute('Algorithm') ?? '', digest }
      : undefined,
  }
}

const hashes: Record<string, string> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
  // Only names the certificate here.
  [`${dsig}sha1`]: 'sha1',
}

function isNamed(signer: Certificate, { algorithm, digest }: { algorithm: string; digest: string }): boolean {
  const hash = hashes[algorithm]
  return hash !== undefined && createHash(hash).update(signer.der).digest('base64') === digest
}
