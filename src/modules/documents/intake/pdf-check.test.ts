import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { aPdf, packedObjects } from './pdf.builder.ts'
import { checkPdf } from './pdf-check.ts'

const check = (content: Buffer) =>
  checkPdf({
    size: content.length,
    read: async (at, length) => content.subarray(at, at + length),
    stream: () => Readable.from([content]),
  })
const catalog = '<< /Type /Catalog >>'

test('a plain PDF has nothing to tell', async () => {
  expect(await check(aPdf())).toEqual({ fault: undefined, notes: [] })
})

describe('is refused', () => {
  test.each([
    ['a program', aPdf([catalog, '<< /S /JavaScript /JS (app.alert\\(1\\)) >>']), 'pdf-script'],
    ['a program written in hex', aPdf([catalog, '<< /S /J#61v#61Script >>']), 'pdf-script'],
    ['a program in packed objects', aPdf([catalog, packedObjects('<</S/JavaScript/JS(x)>>')]), 'pdf-script'],
    [
      'a program after a forged beginning of a stream',
      aPdf([catalog, '(>> stream\n)', '<< /S /JavaScript >>']),
      'pdf-script',
    ],
    ['a command that opens a program', aPdf([catalog, '<< /S /Launch /F (cmd.exe) >>']), 'pdf-launches'],
    ['a form that redraws itself', aPdf(['<< /AcroForm << /XFA [] >> >>']), 'pdf-xfa'],
    ['a lock', aPdf([catalog], '/Encrypt 5 0 R'), 'pdf-encrypted'],
    ['objects that unpack to forty megabytes', aPdf([packedObjects(' '.repeat(40_000_000))]), 'pdf-bomb'],
  ])('%s', async (_, content, fault) => {
    expect((await check(content)).fault).toBe(fault)
  })

  test.each([10, 60, 120])('what was cut after %i bytes', async (length) => {
    expect((await check(aPdf().subarray(0, length))).fault).toBe('damaged')
  })

  test('a name across the border of two looks', async () => {
    const filling = Buffer.alloc(65_450, 'x')
    const content = aPdf([
      catalog,
      Buffer.concat([Buffer.from('('), filling, Buffer.from(')<< /S /JavaScript >>')]),
    ])
    expect((await check(content)).fault).toBe('pdf-script')
  })
})

test('what is odd but lawful is noted', async () => {
  const content = aPdf([
    '<< /Names << /EmbeddedFiles 2 0 R >> >>',
    packedObjects('<< /S /SubmitForm >>'),
    '<< /ByteRange [0 1 2 3] >>',
    '<< /S /GoToR >>',
  ])
  expect(await check(content)).toEqual({
    fault: undefined,
    notes: ['pdf-attachments', 'pdf-other-files', 'pdf-sends-data', 'pdf-signed'],
  })
})

test('thirty megabytes of noise hold no name by chance', async () => {
  const { randomBytes } = await import('node:crypto')
  expect(await check(aPdf([catalog, randomBytes(30_000_000)]))).toEqual({ fault: undefined, notes: [] })
})
