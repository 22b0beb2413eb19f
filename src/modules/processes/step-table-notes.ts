/** One thing to know about a table that was read. */
export interface TableNote {
  /** Not understood or left out; understood by a guess; good to know. */
  tone: 'lost' | 'guess' | 'info'
  /** `processEditor.report.<code>`. */
  code: string
  /** Line of the pasted table, from 1; null when it concerns the whole. */
  line: number | null
  params: Record<string, string | number>
}

export type NoteOf = (
  tone: TableNote['tone'],
  code: string,
  line: number | null,
  params?: TableNote['params'],
) => void

const mostNotes = 500

/** Collects notes, and says so when there are more than anybody would read. */
export function noteTaker(): { note: NoteOf; report: TableNote[] } {
  const report: TableNote[] = []
  const note: NoteOf = (tone, code, line, params = {}) => {
    if (report.length < mostNotes) report.push({ tone, code, line, params })
    else if (report.length === mostNotes)
      report.push({ tone: 'lost', code: 'more-notes', line: null, params: {} })
  }
  return { note, report }
}

/** As much of a text as a note shows. */
export const excerpt = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text)
