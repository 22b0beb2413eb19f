import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { SignedXml } from 'xml-crypto'
import { newKeys } from '../pki/demonstration-authority.ts'
import { aDoor, daysLater, now } from '../signatures.builder.ts'
import { verifyXml } from './verify-xml.ts'

const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

function aSignedXml(options: { xpath?: string; digestOf?: string; xml?: string } = {}) {
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
  return { ...world, xml: signature.getSignedXml() }
}

const check = ({ door }: { door: Parameters<typeof verifyXml>[0] }, xml: string) =>
  verifyXml(door, Buffer.from(xml), { at: now })

test('a signature over a whole file is valid, with its time only claimed', async () => {
  const world = aSignedXml()
  const report = await check(world, world.xml)
  expect(report).toMatchObject({
    kind: 'xml',
    verdict: 'valid-with-notes',
    signatures: [
      {
        signerName: 'Công ty Mẫu',
        level: 'B-B',
        covers: 'whole',
        chain: 'trusted',
        problems: ['timestamp-missing'],
      },
    ],
  })
  expect(report.signatures[0]?.signedAt).toBe('2026-11-22T02:00:00.000Z')
})

test('another amount is altered', async () => {
  const world = aSignedXml()
  const report = await check(world, world.xml.replace('500000', '900000'))
  expect(report.signatures[0]?.problems).toContain('altered')
  expect(report.verdict).toBe('invalid')
})

test('what stands beside the signed part is not covered', async () => {
  const xml = '<hoSo><duLieu Id="d"><tien>500000</tien></duLieu></hoSo>'
  const world = aSignedXml({ xpath: "//*[@Id='d']", xml })
  expect((await check(world, world.xml)).verdict).toBe('valid-with-notes')
  const more = world.xml.replace('<hoSo>', '<hoSo><duLieu><tien>900000</tien></duLieu>')
  expect((await check(world, more)).signatures[0]?.problems).toContain('not-covered')
  const twice = world.xml.replace('<hoSo>', '<hoSo><duLieu Id="d"><tien>900000</tien></duLieu>')
  expect((await check(world, twice)).verdict).toBe('invalid')
})

test('refuses another certificate than was named, an unknown authority, SHA-1 and document types', async () => {
  const other = aSignedXml({ digestOf: createHash('sha256').update('other').digest('base64') })
  expect((await check(other, other.xml)).signatures[0]?.problems).toContain('certificate-not-bound')
  const world = aSignedXml()
  expect((await check(aDoor(), world.xml)).signatures[0]?.problems).toContain('unknown-issuer')
  const weak = world.xml.replaceAll('xmldsig-more#rsa-sha256', 'xmldsig#rsa-sha1')
  expect((await check(world, weak)).signatures[0]?.problems).toContain('weak-algorithm')
  expect((await check(world, `<!DOCTYPE x>${world.xml}`)).verdict).toBe('invalid')
  expect((await check(world, '<hoSo>')).problems).toEqual(['unreadable'])
  expect((await check(world, '<hoSo/>')).verdict).toBe('unsigned')
})
