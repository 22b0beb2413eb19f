import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { PDFDocument } from 'pdf-lib'
import { describe, expect, test } from 'vitest'
import { accepted } from '../../../kernel/errors.ts'
import { signBytes } from '../cms/raw-signature.ts'
import { dict, name, PdfRef, PdfStream, PdfText, RawPdf, textString } from '../pdf/pdf-values.ts'
import { PdfFile } from '../pdf/read-pdf.ts'
import { Increment } from '../pdf/write-increment.ts'
import { newKeys, pem } from '../pki/demonstration-authority.ts'
import { type Purpose, writeCertificate } from '../pki/write-certificate.ts'
import { aDoor, aPaper, aSigning, daysLater, now } from '../signatures.builder.ts'
import type { ProblemCode, Signer } from '../types.ts'
import { addDocumentTimeStamp } from './document-time-stamp.ts'
import { readFields } from './fields.ts'
import { preparePdf } from './prepare-pdf.ts'
import { signPdf } from './sign-pdf.ts'
import { verifyPdf } from './verify-pdf.ts'

/*
 * Known attacks on signed PDFs (pdf-insecurity.org: incremental saving, signature wrapping, universal forgery, shadow
 * documents) and on what stands behind a signature. Each has its verdict; docs/attacks-on-papers.md is the table.
 */
const world = aDoor()
world.addSigner('an', 'rsa2048')
const { door } = world
const sign = async (paper: Uint8Array, more = {}) =>
  Buffer.from(accepted(await signPdf(door, aSigning(paper, { level: 'B-T', ...more }))).pdf)

/** A paper with a picture over it, a text field that is filled, and a layer. */
async function aRichPaper(): Promise<Uint8Array> {
  const declared = preparePdf(await aPaper(), {
    signatures: [],
    texts: [{ name: 'amount', place: { page: 1, x: 60, y: 200, width: 120, height: 16 }, size: 11 }],
  })
  return write(accepted(declared), (one, file) => {
    const overlay = one.add(
      new PdfStream(
        dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 9, 9] }),
        Buffer.from('q Q'),
      ),
    )
    const page = one.edit(file.pages()[0]!.ref)
    const resources = new Map(file.dict(page.get('Resources')))
    resources.set('XObject', dict({ Over: overlay }))
    page.set('Resources', resources)
    const layer = one.add(dict({ Type: name('OCG'), Name: textString('x') }))
    one.edit(file.catalogRef).set('OCProperties', dict({ OCGs: [layer], D: dict({ ON: [layer] }) }))
  })
}

function write(pdf: Uint8Array, change: (one: Increment, file: PdfFile) => void): Buffer {
  const file = PdfFile.open(pdf)
  const increment = new Increment(file)
  change(increment, file)
  return Buffer.from(increment.bytes().pdf)
}

const pdf = await sign(await aRichPaper(), { fill: { amount: '500.000' } })
const page = (file: PdfFile) => file.pages()[0]!
const drawing = (one: Increment) => one.add(new PdfStream(dict({}), Buffer.from('0 0 200 200 re f')))
const annotations = (file: PdfFile) => file.array(page(file).dict.get('Annots')) ?? []
const fieldRef = (file: PdfFile, wanted: string): PdfRef =>
  readFields(file).find((one) => one.name === wanted)!.ref
const note = (subtype: string, more = {}) =>
  dict({
    Type: name('Annot'),
    Subtype: name(subtype),
    Rect: [0, 0, 200, 200],
    Contents: textString('x'),
    ...more,
  })
/** The dictionary of the signature, written anew; its field leads to it. */
function value(file: PdfFile, one: Increment) {
  const fresh = new Map(file.dict(file.dict(fieldRef(file, 'signer'))!.get('V')))
  one.edit(fieldRef(file, 'signer')).set('V', one.add(fresh))
  return fresh
}

const check = async (bytes: Uint8Array, by = door, at = now) => {
  const report = await verifyPdf({ trusted: by.trusted, revocation: by.revocation }, bytes, { at })
  return { ...report, all: [...report.problems, ...report.signatures.flatMap((one) => one.problems)] }
}

test('the paper that is attacked is valid before', async () => {
  expect(await check(pdf)).toMatchObject({ verdict: 'valid', all: [] })
})

const addNote =
  (subtype: string, more = {}) =>
  (one: Increment, file: PdfFile) =>
    one.edit(page(file).ref).set('Annots', [...annotations(file), one.add(note(subtype, more))])
const setCatalog =
  (key: string, make: (one: Increment) => never | unknown) => (one: Increment, file: PdfFile) =>
    one.edit(file.catalogRef).set(key, make(one) as never)

describe('content added after signing (incremental saving)', () => {
  const cases: [string, string, (one: Increment, file: PdfFile) => void][] = [
    [
      'another content of the page',
      'page-content',
      (one, f) => one.edit(page(f).ref).set('Contents', drawing(one)),
    ],
    [
      'content behind the content',
      'page-content',
      (one, f) => one.edit(page(f).ref).set('Contents', [page(f).dict.get('Contents')!, drawing(one)]),
    ],
    [
      'another size of the page',
      'page-content',
      (one, f) => one.edit(page(f).ref).set('MediaBox', [0, 0, 10, 10]),
    ],
    ['a page turned', 'page-content', (one, f) => one.edit(page(f).ref).set('Rotate', 180)],
    [
      'a page more',
      'pages',
      (one, f) => {
        const pages = f.catalog.get('Pages') as PdfRef
        const more = one.add(dict({ Type: name('Page'), Parent: pages, MediaBox: [0, 0, 9, 9] }))
        one.edit(pages).set('Kids', [...f.array(f.dict(pages)!.get('Kids'))!, more])
      },
    ],
    [
      'another tree of pages',
      'pages',
      (one, f) => {
        const more = one.add(dict({ Type: name('Page'), MediaBox: [0, 0, 9, 9] }))
        one.edit(f.catalogRef).set('Pages', one.add(dict({ Type: name('Pages'), Kids: [more], Count: 1 })))
      },
    ],
    ['text over the page', 'overlay', addNote('FreeText')],
    ['a stamp over the page', 'overlay', addNote('Stamp')],
    ['a blackening', 'overlay', addNote('Redact')],
    ['a link', 'overlay', addNote('Link')],
    [
      'a script at opening',
      'script',
      setCatalog('OpenAction', () => dict({ S: name('JavaScript'), JS: textString('1') })),
    ],
    [
      'a named script',
      'script',
      setCatalog('Names', (one) =>
        dict({
          JavaScript: dict({
            Names: [textString('a'), one.add(dict({ S: name('JavaScript'), JS: textString('1') }))],
          }),
        }),
      ),
    ],
    [
      'a file attached',
      'attachment',
      setCatalog('Names', (one) =>
        dict({
          EmbeddedFiles: dict({
            Names: [
              textString('a'),
              one.add(
                dict({
                  Type: name('Filespec'),
                  EF: dict({
                    F: one.add(new PdfStream(dict({ Type: name('EmbeddedFile') }), Buffer.from('x'))),
                  }),
                }),
              ),
            ],
          }),
        }),
      ),
    ],
    ['a file attached as a note', 'overlay', addNote('FileAttachment')],
  ]
  test.each(cases)('%s', async (_what, change, make) => {
    const report = await check(write(pdf, make))
    expect(report).toMatchObject({ verdict: 'invalid', all: ['changed-after-signing'] })
    expect(report.signatures[0]?.changes).toContain(change)
  })
})

describe('shadow documents: prepared before, shown after', () => {
  const overlayOf = (f: PdfFile) =>
    f.dict(f.dict(page(f).dict.get('Resources'))!.get('XObject'))!.get('Over') as PdfRef
  const cases: [string, (one: Increment, file: PdfFile) => void][] = [
    [
      'hide: the picture over a text is emptied',
      (one, f) => one.set(overlayOf(f), new PdfStream(dict({}), Buffer.from(''))),
    ],
    ['hide: the picture is freed', (one, f) => one.set(overlayOf(f), null)],
    [
      'hide: a layer is switched off',
      (one, f) => {
        const properties = f.dict(f.catalog.get('OCProperties'))!
        one
          .edit(f.catalogRef)
          .set(
            'OCProperties',
            dict({ OCGs: properties.get('OCGs')!, D: dict({ OFF: properties.get('OCGs')! }) }),
          )
      },
    ],
    [
      'replace: another font under the same name',
      (one, f) => {
        const fonts = f.dict(f.dict(page(f).dict.get('Resources'))!.get('Font'))!
        one.edit([...fonts.values()][0] as PdfRef).set('BaseFont', name('Symbol'))
      },
    ],
    [
      'replace: a field that was filled shows another value',
      (one, f) => {
        one.edit(fieldRef(f, 'amount')).set('V', textString('900.000'))
      },
    ],
    [
      'replace: a field keeps its value and shows another',
      (one, f) => {
        one.edit(fieldRef(f, 'amount')).set('AP', dict({ N: drawing(one) }))
      },
    ],
    [
      'replace: another look of the signature',
      (one, f) => one.edit(fieldRef(f, 'signer')).set('AP', dict({ N: drawing(one) })),
    ],
    [
      'replace: the signature moved over the text',
      (one, f) => one.edit(fieldRef(f, 'signer')).set('Rect', [0, 0, 400, 400]),
    ],
    [
      'a field more over the page',
      (one, f) => {
        const more = one.add(
          dict({
            FT: name('Tx'),
            T: textString('x'),
            V: textString('x'),
            Subtype: name('Widget'),
            Rect: [0, 0, 99, 99],
          }),
        )
        const form = f.catalog.get('AcroForm')
        const target = form instanceof PdfRef ? one.edit(form) : one.edit(f.catalogRef)
        const fields = [...f.array(f.dict(form)!.get('Fields'))!, more]
        if (form instanceof PdfRef) target.set('Fields', fields)
        else target.set('AcroForm', new Map([...f.dict(form)!, ['Fields', fields]]))
        one.edit(page(f).ref).set('Annots', [...annotations(f), more])
      },
    ],
  ]
  test.each(cases)('%s', async (_what, make) => {
    expect(await check(write(pdf, make))).toMatchObject({
      verdict: 'invalid',
      all: ['changed-after-signing'],
    })
  })

  test('hide and replace: cross-references that lead into the signed part', async () => {
    // A whole object that lies, unseen, in a stream of the signed part.
    const paper = await aRichPaper()
    const num = [PdfFile.open(paper).pages()[0]!.dict.get('Contents')].flat()[0] as PdfRef
    const shadow = `${num.num} 0 obj\n<< /Length 19 >>\nstream\n0 0 200 200 re f  \n\nendstream\nendobj\n`
    const carrier = write(
      await aRichPaper(),
      (one) => void one.add(new PdfStream(dict({}), Buffer.from(shadow))),
    )
    const signed = await sign(carrier)
    expect((await check(signed)).verdict).toBe('valid')
    const at = signed.indexOf(shadow)
    const before = PdfFile.open(signed)
    const text = `xref\n${num.num} 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Root ${before.catalogRef.num} 0 R /Size ${before.size} /Prev ${before.sections[0]!.offset} >>\nstartxref\n${signed.length}\n%%EOF\n`
    const report = await check(Buffer.concat([signed, Buffer.from(text)]))
    expect(report.verdict).toBe('invalid')
    expect(report.all).toContain('changed-after-signing')
  })
})

describe('signatures wrapped or forged', () => {
  const range = (file: PdfFile) =>
    file.dict(file.dict(fieldRef(file, 'signer'))!.get('V'))!.get('ByteRange') as number[]
  const cases: [string, (one: Increment, file: PdfFile) => void][] = [
    ['without Contents', (one, f) => value(f, one).delete('Contents')],
    ['with empty Contents', (one, f) => value(f, one).set('Contents', new PdfText(new Uint8Array()))],
    ['with Contents of one zero', (one, f) => value(f, one).set('Contents', new PdfText(new Uint8Array(1)))],
    ['with null for Contents', (one, f) => value(f, one).set('Contents', null)],
    ['without ByteRange', (one, f) => value(f, one).delete('ByteRange')],
    ['with null for ByteRange', (one, f) => value(f, one).set('ByteRange', null)],
    ['with an empty ByteRange', (one, f) => value(f, one).set('ByteRange', [])],
    ['with a ByteRange of zeros', (one, f) => value(f, one).set('ByteRange', [0, 0, 0, 0])],
    ['with a negative ByteRange', (one, f) => value(f, one).set('ByteRange', [0, -1, 10, 10])],
    [
      'with an endless ByteRange',
      (one, f) => value(f, one).set('ByteRange', [0, 99_999_999_999, 99_999_999_999, 1]),
    ],
    [
      'with ranges that overlap',
      (one, f) => value(f, one).set('ByteRange', [0, range(f)[2]! + 5, range(f)[2]!, range(f)[3]!]),
    ],
    [
      'with a range that begins later',
      (one, f) => value(f, one).set('ByteRange', [9, range(f)[1]! - 9, range(f)[2]!, range(f)[3]!]),
    ],
    [
      'with a wider gap',
      (one, f) => value(f, one).set('ByteRange', [0, range(f)[1]! - 40, range(f)[2]!, range(f)[3]!]),
    ],
    ['with six numbers', (one, f) => value(f, one).set('ByteRange', [...range(f), 0, 0])],
    [
      'with the second part moved behind',
      (one, f) => value(f, one).set('ByteRange', [0, range(f)[1]!, f.bytes.length, range(f)[3]!]),
    ],
    ['with another filter', (one, f) => value(f, one).set('SubFilter', name('adbe.x509.rsa_sha1'))],
    ['taken away', (one, f) => one.edit(fieldRef(f, 'signer')).delete('V')],
  ]
  test.each(cases)('a signature %s', async (_what, make) => {
    expect((await check(write(pdf, make))).verdict).toBe('invalid')
  })

  test('the second part copied behind, with other content between', async () => {
    const { 1: from, 2: to, 3: length } = range(PdfFile.open(pdf)) as [number, number, number, number]
    const forged = Buffer.concat([
      pdf.subarray(0, to),
      Buffer.from('\n9 0 obj\n<< >>\nendobj\n'),
      pdf.subarray(to, to + length),
    ])
    expect(from).toBeLessThan(to)
    expect((await check(forged)).verdict).toBe('invalid')
  })
})

describe('files that are cut, lengthened or lead astray', () => {
  const file = PdfFile.open(pdf)
  const [last] = file.sections
  const trailer = (more: string, at = pdf.length) =>
    Buffer.concat([pdf, Buffer.from(`${more}\nstartxref\n${at}\n%%EOF\n`)])
  const cases: [string, Uint8Array, ProblemCode[]][] = [
    ['bytes behind the end', Buffer.concat([pdf, Buffer.from('evil')]), ['not-covered']],
    ['a comment behind the end', Buffer.concat([pdf, Buffer.from('%evil\n')]), ['not-covered']],
    ['a second end without content', Buffer.concat([pdf, Buffer.from('%%EOF\n')]), ['not-covered']],
    ['bytes before the beginning', Buffer.concat([Buffer.from('evil\n'), pdf]), ['unreadable']],
    ['cut by one byte', pdf.subarray(0, pdf.length - 4), ['unreadable']],
    ['cut in half', pdf.subarray(0, pdf.length >> 1), ['unreadable']],
    [
      'cross-references that forget the signed ones',
      trailer(`xref\n0 0\ntrailer\n<< /Root ${file.catalogRef.num} 0 R /Size ${file.size} >>`),
      ['unreadable'],
    ],
    [
      'cross-references in a circle',
      trailer(
        `xref\n0 0\ntrailer\n<< /Root ${file.catalogRef.num} 0 R /Size ${file.size} /Prev ${pdf.length} >>`,
      ),
      ['unreadable'],
    ],
    [
      'another catalog',
      trailer(`xref\n0 0\ntrailer\n<< /Root 1 0 R /Size ${file.size} /Prev ${last!.offset} >>`),
      ['changed-after-signing'],
    ],
    [
      'startxref beyond the end',
      Buffer.concat([pdf, Buffer.from('startxref\n999999999\n%%EOF\n')]),
      ['unreadable'],
    ],
    [
      'locked',
      trailer(
        `xref\n0 0\ntrailer\n<< /Root ${file.catalogRef.num} 0 R /Size ${file.size} /Prev ${last!.offset} /Encrypt << >> >>`,
      ),
      ['encrypted'],
    ],
  ]
  test.each(cases)('%s', async (_what, bytes, problems) => {
    const report = await check(bytes)
    expect(report.verdict).toBe('invalid')
    expect(report.all).toEqual(expect.arrayContaining(problems))
  })

  test('cross-references that skip the writing with the signature: nobody sees one any more', async () => {
    const skipping = trailer(
      `xref\n0 0\ntrailer\n<< /Root ${file.catalogRef.num} 0 R /Size ${file.size} /Prev ${file.sections[1]!.offset} >>`,
    )
    expect((await check(skipping)).verdict).toBe('unsigned')
  })

  test('an object stream that gives a signed object another content', async () => {
    const signed = await sign(await aPaper('streams'))
    expect((await check(signed)).verdict).toBe('valid')
    const view = PdfFile.open(signed)
    const changed = write(signed, (one, f) => one.edit(page(f).ref).set('Contents', drawing(one)))
    expect(view.sections.length).toBeGreaterThan(1)
    expect((await check(changed)).all).toEqual(['changed-after-signing'])
  })
})

describe('bombs', () => {
  const bounded = async (bytes: Uint8Array) => {
    const before = performance.now()
    const report = await check(bytes)
    // A limit that a bomb would pass by far, and the slowest machine does not.
    expect(performance.now() - before).toBeLessThan(20_000)
    return report
  }
  test('arrays in arrays without end', async () => {
    const nested = new RawPdf('['.repeat(200_000) + ']'.repeat(200_000)) as never
    const deep = write(pdf, (one, f) => one.edit(f.catalogRef).set('Extensions', nested))
    expect((await bounded(deep)).verdict).toBe('invalid')
  })
  test('a thousand writings', async () => {
    let many = pdf
    const file = PdfFile.open(pdf)
    let previous = file.sections[0]!.offset
    const parts: Buffer[] = [pdf]
    let length = pdf.length
    for (let i = 0; i < 1_000; i++) {
      const text = `xref\n0 0\ntrailer\n<< /Root ${file.catalogRef.num} 0 R /Size ${file.size} /Prev ${previous} >>\nstartxref\n${length}\n%%EOF\n`
      parts.push(Buffer.from(text))
      previous = length
      length += text.length
    }
    many = Buffer.concat(parts)
    expect(await bounded(many)).toMatchObject({ verdict: 'invalid', problems: ['too-complex'] })
  })
  test('a compressed structure that grows without end', async () => {
    const bomb = deflateSync(Buffer.alloc(300 * 1024 * 1024))
    const signed = write(pdf, (one, f) => {
      const stream = one.add(
        new PdfStream(dict({ Type: name('ObjStm'), N: 1, First: 4, Filter: name('FlateDecode') }), bomb),
      )
      one.edit(f.catalogRef).set('Pages', stream)
    })
    expect((await bounded(signed)).verdict).toBe('invalid')
  })
  test('a paper of five thousand pages', async () => {
    const paper = await PDFDocument.create()
    for (let i = 0; i < 5_000; i++) paper.addPage([420, 595])
    const signed = await sign(await paper.save({ useObjectStreams: false }))
    expect((await bounded(signed)).verdict).toBe('valid')
  })
})

describe('certificates that may not sign', () => {
  const root = newKeys('p256')
  const authority = {
    key: root.key,
    certificate: writeCertificate({
      ...{
        subject: { commonName: 'Gốc khác' },
        publicKey: root.publicKey,
        key: root.key,
        purpose: 'authority',
      },
      ...{ serial: new Uint8Array([1]), from: daysLater(-400), to: daysLater(4000) },
    }),
  }
  let serial = 2
  function aSignerOf(purpose: Purpose, from: Date, to: Date): Signer {
    const { key, publicKey } = newKeys('p256')
    const own = writeCertificate({
      ...{ subject: { commonName: 'Người ký' }, publicKey, purpose, issuer: authority, from, to },
      serial: new Uint8Array([serial++]),
    })
    return {
      ...{ id: 'x', label: 'x', kind: 'pkcs12' },
      certificates: async () => [own, authority.certificate],
      sign: async (wanted) => wanted.map(({ bytes }) => signBytes(key, bytes)),
    }
  }
  const cases: [string, Purpose, number, number, boolean, ProblemCode][] = [
    ['of an unknown authority', 'signing', -30, 300, false, 'unknown-issuer'],
    ['that expired', 'signing', -30, -2, true, 'expired'],
    ['that is not valid yet', 'signing', 20, 300, true, 'not-yet-valid'],
    ['for time stamps', 'time-stamping', -30, 300, true, 'not-for-signing'],
    ['of a responder', 'ocsp', -30, 300, true, 'not-for-signing'],
    ['of an authority', 'authority', -30, 300, true, 'not-for-signing'],
  ]
  test.each(cases)('a certificate %s', async (_what, purpose, from, to, isTrusted, problem) => {
    const signer = aSignerOf(purpose, daysLater(from), daysLater(to))
    // What signs is made to sign although its certificate does not hold: the clock of the signer is set for it.
    const at = daysLater(from + 1)
    const by = { ...door, findSigner: async () => signer }
    const signed = accepted(await signPdf(by, aSigning(await aPaper(), { level: 'B-B', now: at }))).pdf
    const trusted = [...(await door.trusted())]
    if (isTrusted) trusted.push({ ...trusted[0]!, certificate: authority.certificate })
    const report = await check(signed, { ...door, trusted: async () => trusted })
    expect(report.verdict).toBe('invalid')
    expect(report.all).toContain(problem)
  })

  test('a revoked certificate, with an answer of somebody else in the file that it is good', async () => {
    const own = aDoor()
    const signer = own.addSigner('an')
    const signed = accepted(await signPdf(own.door, aSigning(await aPaper(), { level: 'B-B' })))
    own.authority.revoke(signed.evidence.serial, now)
    const [leaf] = await signer.certificates()
    const foreign = await world.authority.revocation(() => now).ocsp(leaf!, world.authority.issuing)
    const list = await world.authority.revocation(() => now).crl(leaf!, world.authority.issuing)
    const stuffed = write(signed.pdf, (one, f) => {
      const kept = (der: Uint8Array) => [one.add(new PdfStream(dict({}), der))]
      one.edit(f.catalogRef).set('DSS', dict({ OCSPs: kept(foreign!), CRLs: kept(list!) }))
    })
    expect((await check(stuffed, own.door)).all).toContain('revoked')
  })
})

describe('time stamps', () => {
  const stampedBy = async (timeStamps: typeof door.timeStamps) =>
    accepted(await signPdf({ ...door, timeStamps }, aSigning(await aPaper(), { level: 'B-T' }))).pdf
  test('none is a note', async () => {
    expect(await check(await sign(await aPaper(), { level: 'B-B' }))).toMatchObject({
      verdict: 'valid-with-notes',
      all: ['timestamp-missing'],
    })
  })
  test('one of an unknown authority proves nothing', async () => {
    const other = aDoor()
    expect((await check(await stampedBy(other.door.timeStamps))).all).toContain('timestamp-wrong')
  })
  test('one over other bytes proves nothing', async () => {
    const report = await check(await stampedBy(async () => world.authority.stamp(new Uint8Array(32), now)))
    expect(report.all).toContain('timestamp-wrong')
  })
})

describe('a field that was declared and left empty', () => {
  const place = { page: 1, x: 60, y: 200, width: 120, height: 16 }
  const signedOpen = async () =>
    sign(
      accepted(
        preparePdf(await aPaper(), {
          signatures: [{ name: 'seal', place: { ...place, y: 300, height: 60 } }],
          texts: [{ name: 'number', place, size: 11 }],
        }),
      ),
    )
  const filled = (paper: Uint8Array) =>
    write(paper, (one, f) => {
      const field = one.edit(fieldRef(f, 'number'))
      field.set('V', textString('900/QĐ'))
      field.set('AP', dict({ N: drawing(one) }))
    })

  test('and filled by anybody after the signature says that nobody stands for it', async () => {
    const report = await check(filled(await signedOpen()))
    expect(report.verdict).toBe('invalid')
    expect(report.all).toEqual(expect.arrayContaining(['filled-uncovered', 'changed-after-signing']))
  })
  test('is not covered by a time stamp, which says when and not who', async () => {
    const stamped = accepted(await addDocumentTimeStamp(filled(await signedOpen()), door.timeStamps!))
    expect((await check(stamped)).all).toContain('filled-uncovered')
  })
  test('is filled by whoever signs it: in one writing, or before', async () => {
    world.addSigner('van-thu')
    const seal = { field: 'seal', signerId: 'van-thu' }
    const atOnce = await sign(await signedOpen(), { ...seal, fill: { number: '128/QĐ' } })
    const before = await sign(filled(await signedOpen()), seal)
    for (const paper of [atOnce, before]) {
      const report = await check(paper)
      expect([report.verdict, report.all]).toEqual(['valid', []])
    }
  })
  test('does not show what it does not say, and an empty place of a signature shows none', async () => {
    for (const field of ['number', 'seal']) {
      const drawn = write(await signedOpen(), (one, f) => {
        one.edit(fieldRef(f, field)).set('AP', dict({ N: drawing(one) }))
      })
      expect((await check(drawn)).all).toContain('changed-after-signing')
    }
  })
})

test('of two signatures one is broken: the file is invalid, and the other is told apart', async () => {
  world.addSigner('binh')
  const twice = await sign(pdf, { field: 'second', signerId: 'binh' })
  const broken = Buffer.from(twice)
  const gap = broken.lastIndexOf('/Contents <') + 300
  broken[gap] = broken[gap] === 0x30 ? 0x31 : 0x30
  const report = await check(broken)
  expect(report.verdict).toBe('invalid')
  expect(report.signatures[0]?.problems).toEqual(['field-added'])
  expect(report.signatures[1]?.integrity).toBe(false)
})

const has = (program: string) => spawnSync(program, ['-v'], { stdio: 'ignore' }).error === undefined
const folder = mkdtempSync(join(tmpdir(), 'motcua-attacks-'))
const at = (file: string, content: Uint8Array | string) => {
  writeFileSync(join(folder, file), content)
  return join(folder, file)
}

test.skipIf(!has('openssl')).each(['sha1', 'md5'])('a signature with %s is refused as weak', async (hash) => {
  const { key, publicKey } = newKeys('rsa2048')
  const subject = { commonName: 'Người ký' }
  const [own] = world.authority.issue({ subject, publicKey, from: daysLater(-1), to: daysLater(99) })
  const file = PdfFile.open(pdf)
  const [, from, to, length] = file
    .dict(file.dict(fieldRef(file, 'signer'))!.get('V'))!
    .get('ByteRange') as number[]
  const covered = Buffer.concat([pdf.subarray(0, from), pdf.subarray(to!, to! + length!)])
  const words = ['cms', '-sign', '-binary', '-md', hash, '-outform', 'DER', '-in', at('covered', covered)]
  const keyFile = at('key.pem', key.export({ type: 'pkcs8', format: 'pem' }) as string)
  const { stdout } = spawnSync('openssl', [...words, '-signer', at('own.pem', pem(own!)), '-inkey', keyFile])
  expect(stdout.length).toBeGreaterThan(500)
  const hex = stdout.toString('hex').padEnd(to! - from! - 2, '0')
  const weak = Buffer.concat([pdf.subarray(0, from! + 1), Buffer.from(hex), pdf.subarray(to! - 1)])
  const report = await check(weak)
  expect(report.verdict).toBe('invalid')
  expect(report.all).toContain('weak-algorithm')
})

// pdfsig looks at each signature and the bytes it covers; what came after, it only says by "Not total document signed".
test.skipIf(!has('pdfsig'))('pdfsig of poppler sees the signed bytes alone', () => {
  const seen = (bytes: Uint8Array) => {
    const { stdout, stderr } = spawnSync('pdfsig', [at('seen.pdf', bytes)], { encoding: 'utf8' })
    const found = `${stdout}${stderr}`
    return [/Signature is Valid/.test(found) ? 'valid' : 'invalid', /Not total document signed/.test(found)]
  }
  const flipped = Buffer.from(pdf)
  flipped[flipped.indexOf('stream') + 20]! ^= 0xff
  expect(seen(pdf)).toEqual(['valid', false])
  expect(seen(flipped)[0]).toBe('invalid')
  expect(seen(write(pdf, (one, f) => one.edit(page(f).ref).set('Contents', drawing(one))))).toEqual([
    'valid',
    true,
  ])
  expect(seen(write(pdf, addNote('FreeText')))).toEqual(['valid', true])
  expect(seen(Buffer.concat([pdf, Buffer.from('evil')]))[0]).toBe('valid')
})
