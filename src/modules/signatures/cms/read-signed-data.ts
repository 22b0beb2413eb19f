import * as asn1js from 'asn1js'
import { ContentInfo, IssuerAndSerialNumber, Certificate as Parsed, SignedData, type SignerInfo } from 'pkijs'
import { type Certificate, readCertificate } from './certificate.ts'
import { oids } from './oids.ts'

/** A CMS signature, read: one signer, as PAdES wants. */
export interface SignedContent {
  certificates: Certificate[]
  signer: Certificate | undefined
  info: SignerInfo
  /** DER of the signed attributes as a SET, which is what was signed. */
  signedBytes: Uint8Array | undefined
  digestAlgorithm: string
  messageDigest: Uint8Array | undefined
  contentType: string | undefined
  contentInside: Uint8Array | undefined
  contentInsideType: string
  signingTime: Date | undefined
  /** Hashes that bind the signer's certificate, with their algorithm. */
  boundTo: { algorithm: string; hash: Uint8Array } | undefined
  timeStampToken: Uint8Array | undefined
  signature: Uint8Array
}

// biome-ignore lint/suspicious/noExplicitAny: values of attributes have no type before they are looked at
type Loose = any

/** Reads a container; undefined for what is none, holds several signers, or has bytes behind it that are no padding. */
export function readSignedData(der: Uint8Array): SignedContent | undefined {
  try {
    const parsed = asn1js.fromBER(exact(der))
    if (parsed.offset === -1 || der.subarray(parsed.offset).some((byte) => byte !== 0)) return undefined
    const content = new ContentInfo({ schema: parsed.result })
    if (content.contentType !== oids.signedData) return undefined
    const data = new SignedData({ schema: content.content })
    return data.signerInfos.length === 1 ? contentOf(data, data.signerInfos[0]!) : undefined
  } catch {
    return undefined
  }
}

function contentOf(data: SignedData, info: SignerInfo): SignedContent {
  const certificates = (data.certificates ?? [])
    .filter((one) => one instanceof Parsed)
    .map((one) => readCertificate(new Uint8Array(one.toSchema().toBER())))
  const signed = (type: string): Loose => onlyValue(info.signedAttrs?.attributes, type)
  const digest = signed(oids.messageDigest)
  const inside = data.encapContentInfo.eContent
  return {
    certificates,
    signer: certificates.find((one) => isSigner(info, one)),
    info,
    signedBytes: info.signedAttrs && new Uint8Array(info.signedAttrs.encodedValue),
    digestAlgorithm: info.digestAlgorithm.algorithmId,
    messageDigest: digest instanceof asn1js.OctetString ? new Uint8Array(digest.getValue()) : undefined,
    contentType: signed(oids.contentType)?.valueBlock.toString(),
    contentInside: inside && new Uint8Array(inside.getValue()),
    contentInsideType: data.encapContentInfo.eContentType,
    signingTime: signed(oids.signingTime)?.toDate?.(),
    boundTo: bindingOf(signed(oids.signingCertificateV2), signed(oids.signingCertificate)),
    timeStampToken: tokenOf(onlyValue(info.unsignedAttrs?.attributes, oids.timeStampToken)),
    signature: new Uint8Array(info.signature.getValue()),
  }
}

/** The value of an attribute that stands once with one value; anything else says nothing. */
function onlyValue(attributes: { type: string; values: unknown[] }[] | undefined, type: string): Loose {
  const found = (attributes ?? []).filter((one) => one.type === type)
  return found.length === 1 && found[0]!.values.length === 1 ? found[0]!.values[0] : undefined
}

function isSigner(info: SignerInfo, certificate: Certificate): boolean {
  if (info.sid instanceof IssuerAndSerialNumber) {
    const issuer = new Uint8Array(info.sid.issuer.toSchema().toBER())
    const serial = Buffer.from(info.sid.serialNumber.valueBlock.valueHexView)
      .toString('hex')
      .replace(/^(00)+(?=.)/, '')
    return Buffer.compare(issuer, certificate.issuer) === 0 && serial === certificate.serial
  }
  const keyId = Buffer.from((info.sid as asn1js.OctetString).valueBlock.valueHexView).toString('hex')
  return keyId === certificate.subjectKeyId
}

/** The first certificate of ESS signing-certificate (v1 by SHA-1, v2 by what it says; RFC 5035). */
function bindingOf(v2: Loose, v1: Loose): SignedContent['boundTo'] {
  const first = (value: Loose): Loose[] | undefined =>
    value?.valueBlock.value[0]?.valueBlock.value[0]?.valueBlock.value
  const newer = first(v2)
  if (newer) {
    const stated =
      newer[0] instanceof asn1js.Sequence ? newer[0].valueBlock.value[0]?.valueBlock.toString() : oids.sha256
    const hash = newer.find((one) => one instanceof asn1js.OctetString)
    return hash && { algorithm: stated!, hash: new Uint8Array(hash.getValue()) }
  }
  const older = first(v1)?.[0]
  return older instanceof asn1js.OctetString
    ? { algorithm: oids.sha1, hash: new Uint8Array(older.getValue()) }
    : undefined
}

const tokenOf = (value: Loose): Uint8Array | undefined =>
  value === undefined ? undefined : new Uint8Array(value.valueBeforeDecodeView ?? value.toBER())

/** A copy with a buffer of its own: pkijs reads whole buffers. */
export const exact = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
