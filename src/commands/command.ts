import { type ParseArgsConfig, parseArgs } from 'node:util'

/** One word of the command line: what it is for, how it is used, and what it does. */
export interface Command {
  summary: string
  help: string
  /** Gives the exit code; nothing means 0. */
  run(args: string[]): Promise<number | undefined>
}

/** A mistake on the command line, told in one line. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** Reads options; refuses what the command does not know. */
export function options<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], known: T) {
  try {
    return parseArgs({ args, options: known, strict: true, allowPositionals: false }).values
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** Reads a whole number option, or refuses it by name. */
export function wholeNumber(value: string | undefined, name: string, otherwise: number): number {
  if (value === undefined) return otherwise
  const number = Number(value.replaceAll('_', ''))
  if (!Number.isSafeInteger(number) || number < 0)
    throw new UsageError(`--${name} takes a whole number, not "${value}"`)
  return number
}
