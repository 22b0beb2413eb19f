import { type Logger, pino } from 'pino'

export type Log = Logger

/**
 * The process log: JSON lines on standard error, so that a command's own output stays clean.
 * Never pass answers, names, numbers of persons or tokens to it: ids and codes only.
 */
export function openLog(level: string): Log {
  return pino(
    {
      level,
      base: undefined,
      serializers: { err: describeError },
      redact: {
        paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token'],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}

/**
 * What of an error is written down: its kind, its code, where it happened. The database adds the values that an
 * error is about, which may be somebody's name or number; they stay out.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (typeof error !== 'object' || error === null) return { type: typeof error }
  const { code, status, constraint, table, column, cause } = error as Record<string, unknown>
  const known = { code, status, constraint, table, column }
  const facts = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined))
  const type = error.constructor?.name ?? 'Object'
  if (!(error instanceof Error)) return { type, ...facts }
  const [message, stack] = [error.message, error.stack ?? ''].map((text) => withoutValues(text, code))
  return { type, message, stack, ...facts, ...(cause !== undefined && { cause: describeError(cause) }) }
}

// "invalid input syntax for type uuid: …", "value … is out of range": errors of the class 22 quote what was given, which
// may go over several lines.
const withoutValues = (text: string, code: unknown) =>
  typeof code === 'string' && code.startsWith('22') ? text.replace(/"[\s\S]*"/, '…') : text
