import { createHash } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { newKeys } from '../pki/demonstration-authority.ts'
import { aDoor, daysLater } from '../signatures.builder.ts'

const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** An XML file signed with XAdES by somebody of a demonstration authority. */
export function aSignedXml(options: { xpath?: string; digestOf?: string; xml?: string } = {}) {
  const world = aDoor()
  const { key, publicKey } = newKeys('rsa2048')
  const subject = { commonName: 'Công ty Mẫu', organisation: 'Công ty Mẫu' }
  const chain = world.authority.issue({ subject, publicKey, from: daysLater(-1), to: daysLater(300) })
  const certificate = Buffer.from(chain[0]!)
  const digest = options.digestOf ?? createHash('sha256').update(certificate).digest('base64')
  const xades = 'xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"'
  const properties = `<xades:SignedProperties Id="xades"><xades:SignedSignatureProperties><xades:SigningTime>2026-11-22T02:00:00Z</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${sha256}"/><ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${digest}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties>`
  const signature = new SignedXml({
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }) as string,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: exclusive,
    getKeyInfoContent: () =>
      `<X509Data>${chain.map((der) => `<X509Certificate>${Buffer.from(der).toString('base64')}</X509Certificate>`).join('')}</X509Data>`,
    objects: [{ content: `<xades:QualifyingProperties ${xades}>${properties}</xades:QualifyingProperties>` }],
  })
  const xpath = options.xpath ?? '/*'
  signature.addReference({
    ...{ xpath, digestAlgorithm: sha256, transforms: [enveloped, exclusive], isEmptyUri: xpath === '/*' },
  })
  signature.addReference({
    xpath: "//*[local-name(.)='SignedProperties']",
    digestAlgorithm: sha256,
    transforms: [exclusive],
  })
  signature.computeSignature(options.xml ?? '<hoSo><tien>500000</tien></hoSo>')
  return { ...world, chain, xml: signature.getSignedXml() }
}
