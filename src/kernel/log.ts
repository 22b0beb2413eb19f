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
      redact: {
        paths: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.token'],
        remove: true,
      },
    },
    pino.destination({ dest: 2, sync: false }),
  )
}
