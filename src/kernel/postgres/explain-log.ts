import { readFileSync } from 'node:fs'
import { BootError, bootErrorOf } from '../boot.ts'

/** Why PostgreSQL did not start, from its log, in one sentence where we know the reason. */
export function explainLog(logFile: string): BootError {
  return explainText(readFileSync(logFile, 'utf8').slice(-4000))
}

/** The same from the text that initdb or the server printed. */
export function explainText(said: string): BootError {
  const code = reasons.find(([pattern]) => pattern.test(said))?.[1]
  const known = code && bootErrorOf(Object.assign(new Error(said), { code }))
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
