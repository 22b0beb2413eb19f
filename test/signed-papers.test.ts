import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { accepted } from '../src/kernel/errors.ts'
import { closePrinting, renderSlip } from '../src/modules/documents/index.ts'
import { samples } from '../src/modules/documents/samples.ts'
import { preparePdf, signPdf, verifyPdf } from '../src/modules/signatures/index.ts'
import { readFields } from '../src/modules/signatures/pades/fields.ts'
import { PdfName, PdfStream } from '../src/modules/signatures/pdf/pdf-values.ts'
import { PdfFile } from '../src/modules/signatures/pdf/read-pdf.ts'
import { pem } from '../src/modules/signatures/pki/demonstration-authority.ts'
import { ocspRequest } from '../src/modules/signatures/pki/revocation-answers.ts'
import { grantedResponse } from '../src/modules/signatures/pki/time-stamps.ts'
import { aDoor, anImage, aSigning } from '../src/modules/signatures/signatures.builder.ts'

/*
 * Our papers as Typst prints them, signed, and looked at by programs that are not ours. Where a program is missing its
 * test is skipped and says so.
 */
afterAll(closePrinting)

const now = new Date()
const has = (program: string) => spawnSync(program, ['-v'], { stdio: 'ignore' }).error === undefined
const folder = mkdtempSync(join(tmpdir(), 'motcua-signed-'))
const file = (name: string, content: Uint8Array | string) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}
const run = (program: string, ...words: string[]) => {
  const { stdout, stderr } = spawnSync(program, words, { encoding: 'utf8' })
  return `${stdout}${stderr}`
}

const world = aDoor({ at: now })
const chains = {
  an: await world.addSigner('an', 'p256', daysFrom(-1), daysFrom(100)).certificates(),
  seal: await world.addSigner('seal', 'rsa2048', daysFrom(-1), daysFrom(100)).certificates(),
}

function daysFrom(days: number): Date {
  return new Date(now.getTime() + days * 86_400_000)
}

const signing = (pdf: Uint8Array) => ({ ...aSigning(pdf), now })
const paper = await renderSlip('receipt', samples.receipt)
const prepared = accepted(
  preparePdf(accepted(paper), {
    signatures: [
      { name: 'signer', place: { page: 1, x: 260, y: 480, width: 110, height: 50 } },
      { name: 'seal', place: { page: 1, x: 211, y: 460, width: 86, height: 86 } },
    ],
    texts: [{ name: 'number', place: { page: 1, x: 60, y: 110, width: 120, height: 16 }, size: 11 }],
  }),
)
const once = accepted(await signPdf(world.door, { ...signing(prepared), level: 'B-T' })).pdf
const twice = accepted(
  await signPdf(world.door, {
    ...signing(once),
    ...{ field: 'seal', signerId: 'seal', level: 'B-LTA', fill: { number: '128/QĐ-UBND' } },
    appearance: { role: 'seal', image: await anImage(), lines: [] },
  }),
).pdf

test('a printed paper keeps what PDF/A-2a asks for when it is signed', () => {
  const view = PdfFile.open(twice)
  expect(view.array(view.catalog.get('OutputIntents'))).toHaveLength(1)
  const metadata = view.resolve(view.catalog.get('Metadata'))
  const xmp = metadata instanceof PdfStream ? Buffer.from(view.content(metadata)).toString('utf8') : ''
  expect(xmp).toMatch(/pdfaid:part>2</)
  expect(xmp).toMatch(/pdfaid:conformance>A</)
  expect(view.catalog.has('OpenAction') || view.catalog.has('AA') || view.trailer.has('Encrypt')).toBe(false)
  const form = view.dict(view.catalog.get('AcroForm'))!
  expect(form.has('NeedAppearances') || form.has('XFA')).toBe(false)
  for (const { dict, type } of readFields(view)) {
    expect(view.resolve(view.dict(dict.get('AP'))?.get('N'))).toBeInstanceOf(PdfStream)
    // Printed, and neither hidden nor without view (6.3.2).
    expect(view.number(dict.get('F'))! & 0b100111).toBe(4)
    expect(dict.has('A') || dict.has('AA')).toBe(false)
    // Declared fields stand in the structure.
    if (type === 'Tx' || view.array(dict.get('Rect'))?.some((side) => side !== 0))
      expect(view.number(dict.get('StructParent'))).toBeTypeOf('number')
  }
  for (const num of view.numbers) {
    const font = view.get(num)
    if (!(font instanceof Map) || view.nameOf(font.get('Type')) !== 'FontDescriptor') continue
    expect(['FontFile', 'FontFile2', 'FontFile3'].some((key) => font.has(key))).toBe(true)
  }
  for (const num of view.numbers) {
    const value = view.get(num)
    const filters = value instanceof PdfStream ? [view.resolve(value.dict.get('Filter'))].flat() : []
    expect(filters.some((one) => one instanceof PdfName && one.name === 'LZWDecode')).toBe(false)
  }
})

test('ours finds both signatures valid, and an altered copy not', async () => {
  const report = await verifyPdf(world.door, twice, { at: now })
  expect(report.signatures.map(({ field, level, problems }) => [field, level, problems])).toEqual([
    ['signer', 'B-T', []],
    ['seal', 'B-LTA', []],
    ['DocTimeStamp1', null, []],
  ])
  expect(report.verdict).toBe('valid')
  expect((await verifyPdf(world.door, altered(), { at: now })).verdict).toBe('invalid')
})

function altered(): Uint8Array {
  const copy = Buffer.from(twice)
  const at = copy.indexOf('/Title')
  copy[at + 10] = copy[at + 10]! ^ 1
  return copy
}

test.skipIf(!has('pdfsig'))('pdfsig of poppler finds both signatures valid, and an altered copy not', () => {
  const found = run('pdfsig', file('twice.pdf', twice))
  expect(found.match(/Signature is Valid/g)).toHaveLength(2)
  expect(found).toContain('ETSI.CAdES.detached')
  expect(run('pdfsig', file('altered.pdf', altered()))).toContain('Digest Mismatch')
})

test.skipIf(!has('pdftotext'))('the filled number can be read by a program that is not ours', () => {
  expect(run('pdftotext', '-layout', file('twice.pdf', twice), '-')).toContain('128/QĐ-UBND')
})

test.skipIf(!has('openssl'))('openssl finds signature, time stamp, OCSP answer and list right', async () => {
  const root = file('root.pem', pem(world.authority.root))
  const issuing = file('issuing.pem', pem(world.authority.issuing))
  const { contents, covered } = firstSignature(once)
  const cms = [
    '-in',
    file('s.der', contents),
    '-inform',
    'DER',
    '-content',
    file('covered', covered),
    '-binary',
  ]
  const trust = ['-CAfile', root, '-purpose', 'any']
  expect(run('openssl', 'cms', '-verify', ...cms, ...trust, '-out', join(folder, 'out'))).toContain(
    'successful',
  )
  writeFileSync(join(folder, 'covered'), Buffer.concat([covered, Buffer.from('x')]))
  expect(run('openssl', 'cms', '-verify', ...cms, ...trust, '-out', join(folder, 'out'))).not.toContain(
    'successful',
  )

  const data = file('data', 'giấy tờ')
  const stamp = world.authority.stamp(createHash('sha256').update(readFileSync(data)).digest(), now)
  const tsr = file('stamp.tsr', grantedResponse(stamp))
  const answer = ['ts', '-verify', '-in', tsr, '-data', data, '-CAfile', root, '-untrusted', issuing]
  expect(run('openssl', ...answer)).toContain('Verification: OK')

  const leaf = chains.an[0]!
  const ocsp = file('ocsp.der', world.authority.answerOcsp(ocspRequest(leaf, chains.an[1]!), now))
  const words = [
    'ocsp',
    '-respin',
    ocsp,
    '-issuer',
    issuing,
    '-cert',
    file('leaf.pem', pem(leaf)),
    '-CAfile',
    root,
  ]
  const said = run('openssl', ...words)
  expect(said).toContain('Response verify OK')
  expect(said).toContain('leaf.pem: good')
  const crl = file('issuing.crl', world.authority.crl('issuing', now))
  expect(run('openssl', 'crl', '-inform', 'DER', '-in', crl, '-noout', '-CAfile', issuing)).toContain(
    'verify OK',
  )
  expect(
    execFileSync('openssl', ['verify', '-CAfile', root, '-untrusted', issuing, join(folder, 'leaf.pem')], {
      encoding: 'utf8',
    }),
  ).toContain('OK')
})

function firstSignature(pdf: Uint8Array): { contents: Uint8Array; covered: Uint8Array } {
  const text = Buffer.from(pdf).toString('latin1')
  const [, from, to, length] = /\/ByteRange \[0 (\d+) (\d+) (\d+)/.exec(text)!.map(Number) as [
    number,
    number,
    number,
    number,
  ]
  const padded = Buffer.from(text.slice(from + 1, to - 1), 'hex')
  const contents = padded.subarray(0, 4 + padded.readUInt16BE(2))
  return { contents, covered: Buffer.concat([pdf.slice(0, from), pdf.slice(to, to + length)]) }
}
