import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../../../../kernel/errors.ts'
import {
  aDocxFile,
  complexField,
  deflated,
  docxParts,
  paragraph,
  part,
  relation,
  relations,
  run,
} from './a-docx.builder.ts'
import { readDocx } from './read-docx.ts'

const read = async (body: string, more?: Record<string, string>) =>
  accepted(await readDocx(aDocxFile(body, more)))
const textOf = async (body: string) => {
  const { blocks } = await read(body)
  return blocks.map((block) => ('text' in block ? block.text : block.kind))
}
const notesOf = async (body: string, more?: Record<string, string>) =>
  (await read(body, more)).notes.map(({ code, about }) => [code, about])

describe('merge fields are read however they were written', () => {
  test.each([
    [
      'a simple field',
      `<w:fldSimple w:instr=" MERGEFIELD HoTen \\* MERGEFORMAT "><w:r><w:t>«HoTen»</w:t></w:r></w:fldSimple>`,
      'Ông «HoTen».',
    ],
    ['a complex field', complexField('MERGEFIELD HoTen \\* MERGEFORMAT', '«HoTen»'), 'Ông **«HoTen»**.'],
    ['a name with spaces', complexField('MERGEFIELD &quot;Họ tên&quot;', 'x'), 'Ông **«Họ tên»**.'],
    ['guillemets', run('«HoTen»'), 'Ông «HoTen».'],
    ['braces', run('{{ HoTen }}'), 'Ông «HoTen».'],
    ['braces cut into runs', run('{', '<w:b/>') + run('{Ho') + run('Ten}}'), 'Ông **«HoTen»**.'],
  ])('%s', async (_, inside, text) => {
    const { blocks, fields } = await read(paragraph(run('Ông ') + inside + run('.')))
    expect(blocks).toMatchObject([{ kind: 'paragraph', text }])
    expect(fields).toHaveLength(1)
  })
  test('and another field keeps the words that it shows, with a note', async () => {
    const body = paragraph(complexField('DATE \\@ dd', '20/11/2026'))
    expect(await textOf(body)).toEqual(['**20/11/2026**'])
    expect(await notesOf(body)).toEqual([['field', 'DATE']])
  })
})

test('faces, sizes and alignment are kept, also from styles', async () => {
  const styles = part(
    'styles',
    `<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults>
     <w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
     <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="Base"/><w:rPr><w:i/></w:rPr></w:style>
     <w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>
     <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>`,
  )
  const more = {
    'word/styles.xml': styles,
    'word/_rels/document.xml.rels': relations(relation('s', 'styles', 'styles.xml')),
  }
  const { blocks } = await read(
    paragraph(run('A'), '<w:pStyle w:val="Own"/>') +
      paragraph(
        run('B', '<w:b/><w:sz w:val="40"/>') + run('C', '<w:u w:val="single"/><w:sz w:val="40"/>'),
        '<w:jc w:val="both"/><w:ind w:firstLine="567"/>',
      ) +
      paragraph(run('D'), '<w:pStyle w:val="Ring"/>') +
      paragraph(run('E'), '<w:pStyle w:val="H1"/>') +
      paragraph(run('f', '<w:caps/><w:b w:val="0"/>')),
    more,
  )
  expect(blocks).toEqual([
    { id: 'w-1', kind: 'paragraph', text: '***A***', align: 'center', indent: false },
    { id: 'w-2', kind: 'paragraph', text: '**B**__C__', align: 'justify', indent: true, size: 20 },
    { id: 'w-3', kind: 'paragraph', text: 'D', align: 'left', indent: false },
    { id: 'w-4', kind: 'heading', text: 'E', align: 'left' },
    { id: 'w-5', kind: 'paragraph', text: 'F', align: 'left', indent: false },
  ])
})

test('lists, page breaks and tables keep their shape', async () => {
  const numbering = part(
    'numbering',
    `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>`,
  )
  const more = {
    'word/numbering.xml': numbering,
    'word/_rels/document.xml.rels': relations(relation('n', 'numbering', 'numbering.xml')),
  }
  const item = (text: string) =>
    paragraph(run(text), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
  const cell = (inside: string, look = '') => `<w:tc><w:tcPr>${look}</w:tcPr>${inside}</w:tc>`
  const table = `<w:tbl><w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="3000"/></w:tblGrid>
    <w:tr>${cell(paragraph(run('A')))}${cell(paragraph(run('{{b}}'), '<w:jc w:val="center"/>'))}</w:tr>
    <w:tr>${cell(paragraph(run('C')), '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>`
  const { blocks, fields } = await read(
    item('một') + item('hai') + paragraph('<w:r><w:br w:type="page"/></w:r>') + table,
    more,
  )
  expect(blocks).toMatchObject([
    { kind: 'list', marker: 'letter', items: ['một', 'hai'] },
    { kind: 'page-break' },
    {
      kind: 'grid',
      bordered: true,
      widths: [1000, 3000],
      rows: [
        [{ paragraphs: [{ text: 'A' }] }, { paragraphs: [{ text: '«b»', align: 'center' }] }],
        [{ paragraphs: [{ text: 'C' }], span: 2 }],
      ],
    },
  ])
  expect(fields).toEqual(['b'])
})

test('the page, its header and its footer are taken over', async () => {
  const more = {
    'word/_rels/document.xml.rels': relations(
      relation('h', 'header', 'header1.xml'),
      relation('f', 'footer', 'footer1.xml'),
    ),
    'word/header1.xml': part('hdr', paragraph(run('UBND phường'))),
    'word/footer1.xml': part('ftr', paragraph(complexField('PAGE', '1') + run('Mẫu {{so}}'))),
  }
  const section = `<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:footerReference w:type="default" r:id="f"/><w:pgSz w:w="8391" w:h="11906"/></w:sectPr>`
  const template = await read(paragraph(run('A')) + section, more)
  expect(template).toMatchObject({ page: 'a5', header: 'UBND phường', footer: 'Mẫu «so»', fields: ['so'] })
  expect(template.notes).toEqual([{ code: 'page-number', count: 1, about: '' }])
})

describe('what a template cannot have is told and not dropped in silence', () => {
  test.each<[string, string, string, string]>([
    ['a picture', '<w:r><w:drawing><pic:pic/></w:drawing></w:r>', 'image', ''],
    ['an embedded object', '<w:r><w:object/></w:r>', 'embedded', ''],
    ['a shape', '<w:r><w:pict/></w:r>', 'shape', ''],
    ['a comment', '<w:r><w:commentReference w:id="0"/></w:r>', 'comment', ''],
    ['a footnote', '<w:r><w:footnoteReference w:id="0"/></w:r>', 'footnote', ''],
    ['what was deleted', '<w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>', 'deleted', 'cũ'],
    ['what was inserted', `<w:ins>${run('mới')}</w:ins>`, 'inserted', ''],
    ['hidden text', run('ẩn', '<w:vanish/>'), 'hidden', 'ẩn'],
    ['a symbol', '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', 'symbol', 'Wingdings F0FE'],
    ['a look', run('a', '<w:strike/>'), 'look', 'strike'],
    ['an element of tomorrow', '<w:tomorrow/>', 'unknown', 'w:tomorrow'],
    ['a link', `<w:hyperlink r:id="l">${run('trang')}</w:hyperlink>`, 'link', ''],
  ])('%s', async (_, inside, code, about) => {
    expect(await notesOf(paragraph(inside))).toEqual([[code, about]])
  })
  test('and the words of a box are set before their paragraph', async () => {
    const box = `<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>${paragraph(run('Trong hộp'))}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`
    expect(await textOf(paragraph(box + run('Ngoài')))).toEqual(['Trong hộp', 'Ngoài'])
    expect(await notesOf(paragraph(box))).toEqual([['text-box', 'Trong hộp']])
  })
  test('and what was inserted is there', async () => {
    expect(await textOf(paragraph(`<w:ins>${run('mới')}</w:ins>`))).toEqual(['mới'])
  })
})

describe('a hostile or damaged file is refused by name', () => {
  const body = paragraph(run('A'))
  const file = (more: Record<string, string>) => aDocxFile(body, more)
  const rels = (...each: string[]) => ({ 'word/_rels/document.xml.rels': relations(...each) })
  const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`
  const withType = (type: string) => ({
    'word/document.xml': `<?xml version="1.0"?>${type}${part('document', '<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>').replace(/^<\?xml.*\n/, '')}`,
  })
  const huge = Buffer.alloc(60_000_000, 0x20)
  test.each<[string, Buffer | Uint8Array, string]>([
    ['nothing', Buffer.alloc(0), 'documents.docx-damaged'],
    ['a text', Buffer.from('xin chào'), 'documents.docx-damaged'],
    ['a PDF', Buffer.from('%PDF-1.7\n…'), 'documents.docx-damaged'],
    ['a zip of something else', deflated([['a.txt', 'a']]), 'documents.docx-damaged'],
    ['a file cut off', aDocxFile(body).subarray(0, 300), 'documents.docx-damaged'],
    ['no body', file({ 'word/document.xml': part('document', '') }), 'documents.docx-damaged'],
    ['broken XML', file({ 'word/document.xml': '<w:document>' }), 'documents.docx-damaged'],
    ['a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'documents.docx-locked'],
    ['six megabytes', Buffer.alloc(6_000_000), 'documents.docx-too-large'],
    [
      'a bomb',
      deflated([...Object.entries(docxParts(body)), ['word/media/x.xml', huge]]),
      'documents.docx-bomb',
    ],
    [
      'a part that unpacks to more than it may',
      deflated([
        ...Object.entries(docxParts(body)).filter(([name]) => name !== 'word/document.xml'),
        ['word/document.xml', huge.subarray(0, 20_000_000)],
      ]),
      'documents.docx-bomb',
    ],
    ['a name that leads out', file({ '../../etc/cron.d/x': 'x' }), 'documents.docx-paths'],
    ['an absolute name', file({ '/etc/x': 'x' }), 'documents.docx-paths'],
    ['a name of Windows', file({ 'C:\\x': 'x' }), 'documents.docx-paths'],
    [
      'a name that stands there twice',
      deflated([...Object.entries(docxParts(body)), ['word/document.xml', '<x/>']]),
      'documents.docx-paths',
    ],
    ['macros', file({ 'word/vbaProject.bin': 'x' }), 'documents.docx-macros'],
    ['controls', file({ 'word/activeX/activeX1.bin': 'x' }), 'documents.docx-macros'],
    [
      'macros by type',
      file({
        '[Content_Types].xml':
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
      }),
      'documents.docx-macros',
    ],
    [
      'a template from elsewhere',
      file({
        'word/_rels/settings.xml.rels': relations(
          relation('t', 'attachedTemplate', 'http://evil.example/x.dotm', 'External'),
        ),
      }),
      'documents.docx-external',
    ],
    [
      'a picture from elsewhere',
      file(rels(relation('i', 'image', 'https://evil.example/x.png', 'External'))),
      'documents.docx-external',
    ],
    [
      'a file of the server',
      file(rels(relation('f', 'frame', 'file:///etc/passwd'))),
      'documents.docx-external',
    ],
    ['a share of a network', file(rels(relation('f', 'image', '\\\\evil\\x'))), 'documents.docx-external'],
    [
      'an entity that reads a file',
      file(withType('<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
      'documents.docx-entities',
    ],
    ['a billion laughs', file(withType(laughs)), 'documents.docx-entities'],
    ['a document type in capitals and spaces', file(withType('<! doctype x>')), 'documents.docx-entities'],
    [
      'UTF-16',
      deflated([
        ...Object.entries(docxParts(body)).filter(([name]) => name !== 'word/document.xml'),
        ['word/document.xml', Buffer.from('\ufeff<!DOCTYPE x>', 'utf16le')],
      ]),
      'documents.docx-damaged',
    ],
    [
      'another encoding',
      file({ 'word/document.xml': '<?xml version="1.0" encoding="UTF-7"?><a/>' }),
      'documents.docx-damaged',
    ],
    ['thousands of paragraphs', aDocxFile(body.repeat(500)), 'documents.docx-too-long'],
    [
      'elements without end',
      aDocxFile('<w:p>'.repeat(5_000) + '</w:p>'.repeat(5_000)),
      'documents.docx-damaged',
    ],
  ])('%s', async (_, bytes, code) => {
    const refused = await readDocx(bytes)
    expect(isRefusal(refused) && refused.code).toBe(code)
  })
  test('and a link to the web is only told', async () => {
    const more = rels(relation('l', 'hyperlink', 'https://example.vn', 'External'))
    expect(await notesOf(paragraph(`<w:hyperlink r:id="l">${run('trang')}</w:hyperlink>`), more)).toEqual([
      ['link', ''],
    ])
  })
})

test('names that objects inherit are words like others', async () => {
  const body = paragraph(
    run('{{constructor}} {{__proto__}}'),
    '<w:pStyle w:val="__proto__"/><w:numPr><w:numId w:val="constructor"/></w:numPr>',
  )
  const { fields } = await read(body)
  expect(fields).toEqual(['constructor', '__proto__'])
})

test('no bytes make the reader throw', async () => {
  const good = aDocxFile(paragraph(run('Xin chào {{a}}')))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }),
      async (changes) => {
        const bytes = Buffer.from(good)
        for (const [at, value] of changes) bytes[at] = value
        const outcome = await readDocx(bytes)
        expect(isRefusal(outcome) || Array.isArray(outcome.blocks)).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
