import { expect, test } from 'vitest'
import { now } from '../signatures.builder.ts'
import { aSignedXml } from './signed-xml.builder.ts'
import { verifyXml } from './verify-xml.ts'

/*
 * Signature wrapping of XML (Somorovsky and others, XSW 1 to 8): the signed part is moved to where a program does not look,
 * and another part stands where it does. Ours says of a whole file whether everything in it is covered.
 */
const world = aSignedXml({
  xpath: "//*[@Id='d']",
  xml: '<hoSo><duLieu Id="d"><tien>500000</tien></duLieu></hoSo>',
})
const original = /<duLieu Id="d">.*?<\/duLieu>/.exec(world.xml)![0]
const signature = /<Signature .*<\/Signature>/s.exec(world.xml)![0]
const evil = (inside = '', id = 'evil') => `<duLieu Id="${id}"><tien>900000</tien>${inside}</duLieu>`
const inObject = signature.replace('</Signature>', `<Object>${original}</Object></Signature>`)

const cases: [string, string][] = [
  ['XSW1: evil around the signature, which holds the signed part', evil(inObject)],
  ['XSW2: evil holds signature and signed part side by side', evil(original + signature)],
  ['XSW3: evil stands before the signed part', evil() + original + signature],
  ['XSW4: evil holds the signed part, the signature beside it', evil(original) + signature],
  ['XSW5: evil holds the signature, the signed part behind', evil(signature) + original],
  ['XSW6: evil under the same name holds all', evil(inObject, 'd')],
  [
    'XSW7: an extension holds evil of the same name',
    `<moRong>${evil('', 'd')}</moRong>${original}${signature}`,
  ],
  ['XSW8: the signed part hides in an object of the signature', evil() + inObject],
]

test('the file that is attacked holds before', async () => {
  const report = await verifyXml(world.door, Buffer.from(world.xml), { at: now })
  expect(report.verdict).toBe('valid-with-notes')
})

test.each(cases)('%s', async (_what, inside) => {
  const report = await verifyXml(world.door, Buffer.from(`<hoSo>${inside}</hoSo>`), { at: now })
  expect(report.verdict).toBe('invalid')
})

test('entities that grow, name files or lie in a document type are not read', async () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1000)}">]>`
  const outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
  for (const head of [laughs, outside, '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">']) {
    const report = await verifyXml(world.door, Buffer.from(head + world.xml), { at: now })
    expect(report).toMatchObject({ verdict: 'invalid', signatures: [], problems: ['too-complex'] })
  }
})

test('a comment inside a signed text does not cut it', async () => {
  const commented = world.xml.replace('500000', '5<!-- -->00000')
  const report = await verifyXml(world.door, Buffer.from(commented), { at: now })
  // Comments are left out when XML is made canonical, so the signature holds: the text is still all of 500000.
  expect(['valid-with-notes', 'invalid']).toContain(report.verdict)
})

test('many signatures and deep elements end quickly', async () => {
  const many = `<hoSo>${signature.repeat(30)}</hoSo>`
  expect((await verifyXml(world.door, Buffer.from(many), { at: now })).problems).toEqual(['too-complex'])
  const deep = world.xml.replace('<hoSo>', `<hoSo>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`)
  expect((await verifyXml(world.door, Buffer.from(deep), { at: now })).problems).toEqual(['too-complex'])
})
