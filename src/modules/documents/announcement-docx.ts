import type { z } from 'zod'
import { AnnouncementDraftData } from './announcement-data.ts'
import { dateInWords } from './slip-data.ts'

type Docx = typeof import('docx')
type Draft = z.output<typeof AnnouncementDraftData>

const face = 'Times New Roman'
/** Half points: 13 pt, as NĐ 30/2020/NĐ-CP asks of the text. */
const size = 26

/** The same draft as a Word file, to be finished and signed in the office. Throws on data that the schema refuses. */
export async function announcementDocx(data: z.input<typeof AnnouncementDraftData>): Promise<Uint8Array> {
  // It is big and rarely wanted.
  const docx = await import('docx')
  const draft = AnnouncementDraftData.parse(data)
  const written = new docx.Document({
    title: draft.subtitle,
    styles: { default: { document: { run: { font: face, size } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: 11_906, height: 16_838 },
            margin: { top: 1134, bottom: 1134, left: 1701, right: 1134 },
          },
        },
        children: [...opening(docx, draft), ...body(docx, draft), ...closing(docx, draft)],
      },
      ...(draft.annex ? [{ children: annex(docx, draft) }] : []),
    ],
  })
  return new Uint8Array(await docx.Packer.toBuffer(written))
}

interface Look {
  bold?: boolean
  italics?: boolean
  centred?: boolean
  indent?: boolean
}

const line = (
  docx: Docx,
  text: string,
  { bold = false, italics = false, centred = false, indent = false }: Look = {},
) =>
  new docx.Paragraph({
    alignment: centred
      ? docx.AlignmentType.CENTER
      : indent
        ? docx.AlignmentType.JUSTIFIED
        : docx.AlignmentType.LEFT,
    ...(indent && { indent: { firstLine: 567 } }),
    spacing: { after: 120 },
    children: [new docx.TextRun({ text, bold, italics })],
  })

/** Two columns without lines. */
function side(docx: Docx, left: object[], right: object[]) {
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' }
  const borders = { top: none, bottom: none, left: none, right: none }
  const cell = (children: object[], percent: number) =>
    new docx.TableCell({
      borders,
      width: { size: percent, type: docx.WidthType.PERCENTAGE },
      children: children as InstanceType<Docx['Paragraph']>[],
    })
  return new docx.Table({
    width: { size: 100, type: docx.WidthType.PERCENTAGE },
    borders: { ...borders, insideHorizontal: none, insideVertical: none },
    rows: [new docx.TableRow({ children: [cell(left, 42), cell(right, 58)] })],
  })
}

function opening(docx: Docx, { agency, number, place, on, title, subtitle, issuer }: Draft) {
  const centred = { centred: true }
  const strong = { ...centred, bold: true }
  return [
    line(docx, 'DỰ THẢO', { bold: true }),
    side(
      docx,
      [
        ...agency.parent.map((each) => line(docx, each.toLocaleUpperCase('vi'), centred)),
        ...agency.name.map((each) => line(docx, each.toLocaleUpperCase('vi'), strong)),
        line(docx, `Số: ${number ?? '……'}`, centred),
      ],
      [
        line(docx, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', strong),
        line(docx, 'Độc lập - Tự do - Hạnh phúc', strong),
        line(docx, `${place}, ${dateInWords(on)}`, { ...centred, italics: true }),
      ],
    ),
    line(docx, title.toLocaleUpperCase('vi'), strong),
    line(docx, subtitle, strong),
    line(docx, issuer.toLocaleUpperCase('vi'), strong),
  ]
}

const body = (docx: Docx, { bases, proposal, articles }: Draft) => [
  ...[...bases, ...(proposal ? [proposal] : [])].map((text) =>
    line(docx, text, { italics: true, indent: true }),
  ),
  line(docx, 'QUYẾT ĐỊNH:', { centred: true, bold: true }),
  ...articles.map((text) => line(docx, text, { indent: true })),
]

const closing = (docx: Docx, { recipients, signerRole }: Draft) => [
  side(
    docx,
    [
      line(docx, 'Nơi nhận:', { bold: true, italics: true }),
      ...recipients.map((who) => line(docx, `- ${who}`)),
    ],
    [line(docx, signerRole.toLocaleUpperCase('vi'), { centred: true, bold: true })],
  ),
]

function annex(docx: Docx, { annex: given, subtitle }: Draft) {
  const { title, columns, rows } = given!
  const row = (cells: readonly string[], bold: boolean) =>
    new docx.TableRow({
      tableHeader: bold,
      children: cells.map((text) => new docx.TableCell({ children: [line(docx, text, { bold })] })),
    })
  return [
    line(docx, title.toLocaleUpperCase('vi'), { centred: true, bold: true }),
    line(docx, `(Kèm theo Quyết định ${subtitle})`, { centred: true, italics: true }),
    new docx.Table({
      width: { size: 100, type: docx.WidthType.PERCENTAGE },
      rows: [row(columns, true), ...rows.map((cells) => row(cells, false))],
    }),
  ]
}
