import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
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
