import { inspect } from 'node:util'

/** Words that a person reads while the server starts: Vietnamese first, English second. */
export interface BootText {
  vi: string
  en: string
}

/** A start that cannot go on, told in one plain sentence; the code is for tests and for searching. */
export class BootError extends Error {
  override name = 'BootError'
  readonly code: string
  readonly text: BootText

  constructor(code: string, text: BootText, cause?: unknown) {
    super(`${text.vi}\n${text.en}`, { cause })
    this.code = code
    this.text = text
  }
}

/** Runs one step of the start and prints it with its seconds. */
export async function step<T>(label: BootText, work: () => Promise<T> | T): Promise<T> {
  const begun = performance.now()
  const result = await work()
  const seconds = ((performance.now() - begun) / 1000).toFixed(1).padStart(5)
  process.stdout.write(`${seconds} s  ${label.vi} · ${label.en}\n`)
  return result
}

/** Prints why the start ended: one sentence for what we know, the whole error for what we do not. */
export function explainFailure(error: unknown): void {
  const known = bootErrorOf(error)
  process.stderr.write(known ? `\n${known.message}\n` : `\n${inspect(error)}\n`)
}

/** Turns the system errors that a person can do something about into one sentence each. */
export function bootErrorOf(error: unknown): BootError | undefined {
  if (error instanceof BootError) return error
  const { code, path, port, syscall } = error as NodeJS.ErrnoException & { port?: number }
  const sentence = syscall === 'listen' ? portTaken : code ? sentences[code] : undefined
  return sentence && new BootError(sentence.code, sentence.text(path ?? '', port ?? 0), error)
}

const full = {
  code: 'disk-full',
  text: () => ({
    vi: 'Ổ đĩa đã đầy: hãy giải phóng dung lượng rồi chạy lại.',
    en: 'The disk is full: free some space and start again.',
  }),
}
const closed = {
  code: 'data-unreadable',
  text: (path: string) => ({
    vi: `Không đọc hoặc ghi được ${path || 'thư mục dữ liệu'}: hãy kiểm tra chủ sở hữu và quyền của thư mục này.`,
    en: `${path || 'The data folder'} cannot be read or written: check its owner and permissions.`,
  }),
}
const portTaken = {
  code: 'port-in-use',
  text: (_path: string, port: number) => ({
    vi: `Không mở được cổng ${port}, có thể chương trình khác đang dùng: hãy đóng chương trình đó hoặc đặt MOTCUA_PORT sang số khác.`,
    en: `Port ${port} cannot be opened, perhaps another program uses it: close that program or set MOTCUA_PORT to another number.`,
  }),
}
const sentences: Record<string, { code: string; text: (path: string, port: number) => BootText }> = {
  ENOSPC: full,
  EDQUOT: full,
  EACCES: closed,
  EPERM: closed,
  EROFS: closed,
  ENOTDIR: closed,
  EEXIST: closed,
  EADDRINUSE: portTaken,
}

/**
 * Calls `stop` once, on Ctrl-C, on a request to end, or when the process that started this one is gone
 * (the start script keeps a channel open; without this a killed script would leave an orphan behind).
 * A second Ctrl-C ends at once.
 */
export function onStop(stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined
  const end = () => {
    stopping ??= stop().then(
      () => process.exit(0),
      (error) => {
        explainFailure(error)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => (stopping && signal === 'SIGINT' ? process.exit(130) : end()))
  if (process.channel) {
    process.once('disconnect', end)
    process.channel.unref()
  }
}
