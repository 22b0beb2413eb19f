import { z } from 'zod'

export const AuthorityKind = z.enum([
  'province',
  'provincial-centre',
  'office',
  'department',
  'commune',
  'commune-centre',
  'provincial-police',
  'commune-police',
  'land-registry',
  'insurance',
  'tax',
])
export type AuthorityKind = z.infer<typeof AuthorityKind>

export const UnitKind = z.enum(['one-stop', 'division', 'leadership', 'clerk-office'])
export type UnitKind = z.infer<typeof UnitKind>

/** What a post lets its holder do. */
export const Role = z.enum([
  'reception',
  'specialist',
  'head',
  'leader',
  'clerk',
  'cashier',
  'post',
  'control',
  'admin',
])
export type Role = z.infer<typeof Role>

/**
 * In which capacity somebody signs (NĐ 30/2020/NĐ-CP, Điều 13 và Phụ lục I, phần I mục II.7): TM. for a collective
 * body, KT. for the head whose deputy one is, TL. by order of the head, TUQ. by the head's written mandate,
 * Q. as acting head.
 */
export const Capacity = z.enum(['TM.', 'KT.', 'TL.', 'TUQ.', 'Q.'])
export type Capacity = z.infer<typeof Capacity>

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Session = z.tuple([Time, Time])

/** Working time of an office, wall time in Hà Nội. `saturdayDesk` receives people but runs no clock. */
export const WorkingHours = z.object({
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  sessions: z.array(Session).min(1),
  saturdayDesk: Session.nullable().default(null),
})
export type WorkingHours = z.infer<typeof WorkingHours>

export const Authority = z.object({
  code: z.string(),
  name: z.string(),
  shortName: z.string(),
  kind: AuthorityKind,
  parentCode: z.string().nullable(),
  communeCode: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  workingHours: WorkingHours,
  sample: z.boolean(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
})
export type Authority = z.infer<typeof Authority>

export const Unit = z.object({
  authorityCode: z.string(),
  unitCode: z.string(),
  name: z.string(),
  kind: UnitKind,
  fields: z.array(z.string()),
})
export type Unit = z.infer<typeof Unit>

/** A post as the actor carries it. */
export interface Post {
  postId: string
  title: string
  authorityCode: string
  unitCode: string
  counter: string | null
  roles: Role[]
  /** Absent for who signs in the own name of the office, or not at all. */
  capacity?: Capacity
  /** The power is limited to these procedures; absent: not limited. */
  procedures?: string[]
  /** The officer who is away and whose post this is, with its title. */
  standsInFor?: { officerId: string; name: string; title: string }
  /** The dated grant that lends this post; absent for a post of one's own. */
  grant?: string
  /** Last day of law of that grant. */
  until?: string
  /** Authorities that this one took over from: their closed dossiers and log books may be read. */
  archives?: string[]
}

export interface Officer {
  officerId: string
  name: string
  issuer: string
  subject: string
  locked: boolean
  sample: boolean
  /** Told only of who signs in, to find a conflict of interest. */
  personalId?: string
  posts: Post[]
}

export interface AuthorityFilter {
  kinds?: readonly AuthorityKind[]
  parentCode?: string
  communeCode?: string
  sample?: boolean
  /** Only those that stand on this day of law. */
  on?: string
}

/**
 * The unit that takes a task: of the asked kind, and the one that handles the field when several are.
 * Falls back to the first unit of that kind, so that a task never stands without an owner.
 */
export function unitFor(units: readonly Unit[], kind: UnitKind, field?: string): Unit | undefined {
  const ofKind = units.filter((unit) => unit.kind === kind)
  return ofKind.find((unit) => field !== undefined && unit.fields.includes(field)) ?? ofKind[0]
}
