import { readFileSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { BootError, bootErrorOf } from '../boot.ts'

/** Why PostgreSQL did not start, from its log, in one sentence where we know the reason. */
export function explainLog(logFile: string, folder: string): BootError {
  return explainText(readFileSync(logFile, 'utf8').slice(-4000), folder)
}

/** The same from the text that initdb or the server printed. */
export function explainText(said: string, folder: string): BootError {
  const code = isFull(folder) ? 'ENOSPC' : reasons.find(([pattern]) => pattern.test(said))?.[1]
  const known = code && bootErrorOf(Object.assign(new Error(said), { code, path: dirname(folder) }))
  if (known) return known
  const last =
    said
      .trim()
      .split('\n')
      .filter((line) => /FATAL|PANIC|error/i.test(line))
      .at(-1) ?? said.trim().split('\n').at(-1)
  return new BootError(
    'postgres-failed',
    { vi: `PostgreSQL không khởi động được: ${last}`, en: `PostgreSQL did not start: ${last}` },
    said,
  )
}

const reasons: [RegExp, string][] = [
  [/No space left on device|Disk quota exceeded|could not (write|extend|resize).*space/i, 'ENOSPC'],
  [/Permission denied|Read-only file system|has wrong ownership|has invalid permissions/i, 'EACCES'],
]

// PostgreSQL does not always say so in the last words it manages to write; it needs a few megabytes to start.
function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(dirname(folder))
  return bavail * bsize < 48 * 1024 * 1024
}
