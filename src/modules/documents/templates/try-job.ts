/** One template to lay out in a process of its own. */
export interface TryJob {
  /** An empty folder: all that the template can read. */
  root: string
  /** Sources of our libraries by their names. */
  library: Record<string, string>
  source: string
  /** JSON for `sys.inputs`. */
  data: string
  want: 'svg' | 'pdf'
  standard: string
  /** Seconds since 1970. */
  createdAt: number
  megabytes: number
  mostPages: number
}

export type TryReply =
  | { problems: { line: number | null; message: string; path: string }[] }
  | { tooManyPages: number }
  | { pages: number; svg: string }
  | { pages: number; pdf: string; open: unknown[] }

/** Written before the template is touched: a process that dies later died of the template. */
export const begunMark = '+'
