import { z } from 'zod'
import { cleanText } from '../../kernel/text.ts'
import type { Post } from './authority.ts'
import { Capacity } from './authority.ts'
import { DateOfLaw } from './place.ts'

const Id = cleanText.pipe(z.string().min(1).max(120))
const Reason = cleanText.pipe(z.string().trim().min(1).max(500))
const Codes = z.array(cleanText.pipe(z.string().trim().min(1).max(200))).max(300)

/** The paper that a grant rests on: "21/GUQ-UBND" of a day. */
export const GrantDocument = z.object({
  number: cleanText.pipe(z.string().trim().min(1).max(60)),
  on: DateOfLaw,
})
export type GrantDocument = z.infer<typeof GrantDocument>

const dated = {
  /** Whose power it is. */
  giver: Id,
  receiver: Id,
  /** First and last day of law, both included. */
  from: DateOfLaw,
  to: DateOfLaw,
  reason: Reason,
}

/** What an officer asks to grant: that somebody stands in while they are away, or that somebody signs for them. */
export const GrantRequest = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('absence'),
    ...dated,
    /** Posts of the giver that are lent; empty for all of them. */
    posts: z.array(Id).max(20).default([]),
  }),
  z.object({
    kind: z.literal('signing'),
    ...dated,
    capacity: Capacity,
    /** Procedures and fields it is limited to; both empty for all that the authority settles. */
    procedures: Codes.default([]),
    fields: Codes.default([]),
    document: GrantDocument.nullable().default(null),
  }),
])
export type GrantRequest = z.infer<typeof GrantRequest>

export const EndRequest = z.object({ reason: Reason })
export type EndRequest = z.infer<typeof EndRequest>

/** A dated power as it stands: granted, perhaps ended early; never deleted. */
export interface Grant {
  id: string
  sequence: number
  headHash: Buffer
  kind: 'absence' | 'signing'
  authorityCode: string
  giver: string
  receiver: string
  posts: string[]
  capacity: Capacity | null
  /** Null: not limited. */
  procedures: string[] | null
  fields: string[]
  document: GrantDocument | null
  /** The grant that this one hands on (thừa lệnh to a deputy of the same unit alone). */
  basis: string | null
  reason: string
  from: string
  to: string
  grantedBy: string
  grantedAt: string
  endedAt: string | null
  endedBy: string | null
  endReason: string | null
}

export type GrantPhase = 'coming' | 'in-force' | 'over' | 'ended-early'

/** Where a grant stands on a day of law. */
export function phaseOf(grant: Pick<Grant, 'from' | 'to' | 'endedAt'>, today: string): GrantPhase {
  if (grant.endedAt !== null) return 'ended-early'
  if (grant.to < today) return 'over'
  return grant.from > today ? 'coming' : 'in-force'
}

type Span = Pick<Grant, 'kind' | 'giver' | 'posts' | 'procedures' | 'from' | 'to' | 'endedAt'>

/** Whether two grants give the same power of an officer on the same day: allowed, but always shown. */
export function overlap(a: Span, b: Span): boolean {
  const sameDay = a.from <= b.to && b.from <= a.to && a.endedAt === null && b.endedAt === null
  const samePost = a.kind === b.kind && a.giver === b.giver && a.posts.some((post) => b.posts.includes(post))
  const { procedures } = b
  const sameWork = !a.procedures || !procedures || a.procedures.some((code) => procedures.includes(code))
  return sameDay && samePost && sameWork
}

/** Posts that an officer holds themself, without those that somebody granted. */
export const ownPosts = <P extends { grant?: string | undefined }>(posts: readonly P[]): P[] =>
  posts.filter(({ grant }) => grant === undefined)

/** Whether the holder of a post heads the authority: nobody signs above them there. */
export const isPrincipal = ({ roles, capacity }: Pick<Post, 'roles' | 'capacity'>): boolean =>
  roles.includes('leader') && (capacity === undefined || capacity === 'TM.' || capacity === 'Q.')

/** A deputy of the head signs "KT.". */
export const isDeputy = ({ roles, capacity }: Pick<Post, 'roles' | 'capacity'>): boolean =>
  roles.includes('leader') && capacity === 'KT.'

/** What a grant in force lends, as the store reads it: the posts of the giver with the names. */
export interface Lent {
  grant: string
  kind: Grant['kind']
  capacity: Capacity | null
  procedures: string[] | null
  until: string
  giver: { officerId: string; name: string }
  posts: Omit<Post, 'capacity'>[]
}

/**
 * The posts that an officer has by a grant in force. The title stays the officer's own, because a paper names the
 * signer's official position (NĐ 30/2020/NĐ-CP, Phụ lục I, phần I mục II.7); the post that gives the power is
 * the giver's.
 */
export function postsByGrant(own: readonly Post[], lent: Lent): Post[] {
  const limited = lent.procedures === null ? {} : { procedures: lent.procedures }
  return lent.posts.map((post) => {
    const mine = nearest(own, post.authorityCode)
    const base = {
      ...post,
      title: mine?.title ?? post.title,
      grant: lent.grant,
      until: lent.until,
      ...limited,
    }
    if (lent.kind === 'signing')
      return { ...base, unitCode: unitOf(mine, post), roles: ['leader'], capacity: lent.capacity! }
    const capacity = post.roles.includes('leader') ? (mine?.capacity ?? undefined) : undefined
    return { ...base, ...(capacity && { capacity }), standsInFor: { ...lent.giver, title: post.title } }
  })
}

// The most senior own post there: its title is what a paper names.
function nearest(own: readonly Post[], authorityCode: string): Post | undefined {
  const here = own.filter((post) => post.authorityCode === authorityCode)
  const rank = ({ roles }: Post) => (roles.includes('leader') ? 2 : roles.includes('head') ? 1 : 0)
  return (here.length > 0 ? here : own).toSorted((a, b) => rank(b) - rank(a))[0]
}

function unitOf(mine: Post | undefined, lent: Omit<Post, 'capacity'>): string {
  return mine?.authorityCode === lent.authorityCode ? mine.unitCode : lent.unitCode
}
