import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { aDoor, now } from '../signatures.builder.ts'
import { aSignedXml } from './signed-xml.builder.ts'
import { verifyXml } from './verify-xml.ts'

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

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** Writes a time stamp over the value of the signature into a file, as EN 319 132-1 has it in 5.3. */
function stamped(
  { authority, xml }: ReturnType<typeof aSignedXml>,
  { over, method = exclusive, more = '' }: { over?: string; method?: string; more?: string } = {},
): string {
  const value = /<SignatureValue>([^<]*)</.exec(xml)![1]!
  const canonical =
    over ?? `<SignatureValue xmlns="http://www.w3.org/2000/09/xmldsig#">${value}</SignatureValue>`
  const token = authority.stamp(createHash('sha256').update(canonical).digest(), now)
  const wrapped = `<xades:SignatureTimeStamp><ds:CanonicalizationMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="${method}"/><xades:EncapsulatedTimeStamp>${Buffer.from(token).toString('base64')}</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp>`
  const unsigned = `<xades:UnsignedProperties><xades:UnsignedSignatureProperties>${wrapped}${more}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`
  return xml.replace('</xades:QualifyingProperties>', `${unsigned}</xades:QualifyingProperties>`)
}

describe('a time stamp of XAdES', () => {
  test('proves when it was signed', async () => {
    const world = aSignedXml()
    const report = await check(world, stamped(world))
    expect(report).toMatchObject({
      verdict: 'valid',
      signatures: [{ level: 'B-T', problems: [], timestamp: { at: now.toISOString() } }],
    })
    expect(report.signatures[0]?.signedAt).toBe(now.toISOString())
  })

  test('is read over the value with every namespace around it, where it was made so', async () => {
    const world = aSignedXml({ xml: '<hoSo xmlns:x="urn:x"><tien>500000</tien></hoSo>' })
    const value = /<SignatureValue>([^<]*)</.exec(world.xml)![1]!
    const over = `<SignatureValue xmlns="http://www.w3.org/2000/09/xmldsig#" xmlns:x="urn:x">${value}</SignatureValue>`
    const method = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
    expect((await check(world, stamped(world, { over, method }))).verdict).toBe('valid')
  })

  test('with the answers about certificates beside it can be checked for long', async () => {
    const world = aSignedXml()
    const { ocsp, crl } = world.authority.revocation(() => now)
    const [leaf, issuing] = world.chain as [Uint8Array, Uint8Array]
    const text = (der: Uint8Array | undefined) => Buffer.from(der!).toString('base64')
    const more = `<xades:RevocationValues><xades:OCSPValues><xades:EncapsulatedOCSPValue>${text(await ocsp(leaf, issuing))}</xades:EncapsulatedOCSPValue></xades:OCSPValues><xades:CRLValues><xades:EncapsulatedCRLValue>${text(await crl(issuing, world.authority.root))}</xades:EncapsulatedCRLValue></xades:CRLValues></xades:RevocationValues>`
    const silent = { ...world.door, revocation: { ocsp: async () => undefined, crl: async () => undefined } }
    const report = await check({ door: silent }, stamped(world, { more }))
    expect(report.signatures[0]).toMatchObject({ level: 'B-LT', problems: [] })
  })

  test('over something else, broken, or of an authority that nobody believes proves nothing', async () => {
    const world = aSignedXml()
    for (const over of ['<SignatureValue/>', 'x']) {
      const found = (await check(world, stamped(world, { over }))).signatures[0]
      expect(found?.problems).toEqual(expect.arrayContaining(['timestamp-wrong', 'timestamp-missing']))
    }
    const strange = stamped({ ...world, authority: aDoor().authority })
    expect((await check(world, strange)).signatures[0]?.problems).toContain('timestamp-wrong')
    const broken = stamped(world).replace(/(<xades:EncapsulatedTimeStamp>.{40})./, '$1!')
    expect((await check(world, broken)).verdict).toBe('invalid')
    const unknown = stamped(world, { method: 'urn:x' })
    expect((await check(world, unknown)).signatures[0]?.problems).toContain('timestamp-wrong')
  })
})
