import { channelsOf, missingParts, type ProcedureVersion } from '../../catalogue/index.ts'
import type { Authority } from '../../directory/index.ts'

/** What the index asks of a procedure that can be filed here. */
export interface Service {
  procedureCode: string
  executing: string
  /** Some case of it can be filed online, in full or in part. */
  online: boolean
  /** All seven parts of Điều 8 NĐ 63/2010/NĐ-CP are there. */
  whole: boolean
  /** Its subjects include Vietnamese citizens, those abroad or foreigners. */
  forPeople: boolean
  certifiesCopies: boolean
}

const people = /công dân việt nam|người việt nam|người nước ngoài|cá nhân/i

/** The public services among editions in force; procedures between state bodies are no service. */
export const servicesOf = (versions: readonly ProcedureVersion[]): Service[] =>
  versions
    .filter(({ kind }) => kind === 'public')
    .map((version) => ({
      procedureCode: version.procedureCode,
      executing: version.executing.kind,
      online: channelsOf(version).includes('online'),
      whole: missingParts(version).length === 0,
      forPeople: version.subjects.some((subject) => people.test(subject)),
      certifiesCopies: version.results.some(({ template }) => template === 'certified-copy'),
    }))

// Each of these settles what its field gives it, and not what the others of its kind do.
const byField = new Set<string>(['department', 'office'])

/** Whether a unit settles only some of what its kind settles: the catalogue names the kind and not the department. */
export const settlesByField = (unit: string, authorities: readonly Authority[]): boolean =>
  authorities.some(({ code, kind }) => code === unit && byField.has(kind))

/** Which services may be settled somewhere. */
export interface Standing {
  /** Kinds of the authorities there. */
  kinds: ReadonlySet<string>
  /** The only procedures that count; null when all do. */
  settled: ReadonlySet<string> | null
}

/** What a unit and all below it settle: by the kinds of authorities that stand there; of a department, what it ever settled. */
export function standingOf(
  unit: string,
  { authorities, settled }: { authorities: readonly Authority[]; settled: ReadonlySet<string> },
): Standing {
  const kinds = new Set(authorities.filter(({ code }) => isWithin(code, unit)).map(({ kind }) => kind))
  return { kinds, settled: settlesByField(unit, authorities) ? settled : null }
}

/** The services that are settled there. */
export const servicesAt = (services: readonly Service[], { kinds, settled }: Standing): Service[] =>
  services.filter(
    ({ procedureCode, executing }) =>
      kinds.has(executing) && (settled === null || settled.has(procedureCode)),
  )

/** Whether an authority is a unit or stands below it; '' is the whole installation. */
export const isWithin = (code: string, unit: string): boolean =>
  unit === '' || `${code}.`.startsWith(`${unit}.`)
