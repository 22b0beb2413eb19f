interface Shown {
  code: string
  sequence: number
  /** The task of the line, where a dossier may have several. */
  taskNo?: number
}

/** A dossier as the page showed it: `code~sequence`, or `code~sequence~task`, so that a stale page is told apart. */
export const seen = ({ code, sequence, taskNo }: Shown) =>
  [code, sequence, ...(taskNo === undefined ? [] : [taskNo])].join('~')

/** The same read back; undefined when it is not of our making. */
export function parseSeen(
  text: string,
): { code: string; sequence: number; taskNo: number | null } | undefined {
  const [, code, sequence, task] = /^([A-Z0-9.-]{5,60})~(\d{1,9})(?:~(\d{1,6}))?$/.exec(text) ?? []
  return code && sequence
    ? { code, sequence: Number(sequence), taskNo: task ? Number(task) : null }
    : undefined
}
