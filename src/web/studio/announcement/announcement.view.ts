import type { AnnouncementDraft, DecisionLines } from 'motcua/modules/changes'

/** The draft as texts of a form. */
export type AnnouncementLines = DecisionLines

const announcementFields = [
  'authority',
  'place',
  'number',
  'on',
  'title',
  'bases',
  'proposal',
  'articles',
  'annexTitle',
  'annex',
  'signer',
  'recipients',
] as const satisfies readonly (keyof AnnouncementLines)[]

const mostLetters = 200_000

/** A cell holds neither bars nor lines: both part cells and rows. */
const cellText = (text: string) => text.replaceAll('|', '/').replace(/\s*\n\s*/g, '; ')

export const linesOf = (draft: AnnouncementDraft): AnnouncementLines => ({
  authority: draft.agency.name,
  place: draft.place,
  number: draft.number,
  on: '',
  title: draft.subtitle,
  bases: draft.bases.join('\n'),
  proposal: draft.proposal,
  articles: draft.articles.join('\n'),
  annexTitle: draft.annex.title,
  annex: [draft.annex.columns, ...draft.annex.rows]
    .map((cells) => cells.map(cellText).join(' | '))
    .join('\n'),
  signer: draft.signerRole,
  recipients: draft.recipients.join('\n'),
})

/** What a posted page says; undefined when it is too long to be one of ours. */
export function readLines(form: FormData): AnnouncementLines | undefined {
  const entries = announcementFields.map(
    (name) => [name, String(form.get(name) ?? '').replaceAll('\r\n', '\n')] as const,
  )
  if (entries.reduce((sum, [, text]) => sum + text.length, 0) > mostLetters) return undefined
  return Object.fromEntries(entries) as unknown as AnnouncementLines
}

const inLines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** What is printed, from the lines as they were put right; each row of the annex has as many cells as its head. */
export function printedOf(lines: AnnouncementLines, { sample, today }: { sample: boolean; today: string }) {
  const on = lines.on || today
  const table = inLines(lines.annex).map((line) => line.split('|').map((cell) => cell.trim()))
  const [columns = [], ...rows] = table
  return {
    ...{ sample, on, place: lines.place, number: lines.number, title: 'Quyết định', subtitle: lines.title },
    agency: { parent: '', name: lines.authority },
    issuer: `Chủ tịch ${lines.authority}`,
    bases: inLines(lines.bases),
    proposal: lines.proposal,
    articles: inLines(lines.articles),
    annex:
      rows.length === 0
        ? null
        : {
            title: lines.annexTitle,
            columns,
            rows: rows.map((cells) => columns.map((_, i) => cells[i] ?? '')),
          },
    signerRole: lines.signer,
    recipients: inLines(lines.recipients),
  }
}
