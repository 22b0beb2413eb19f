export const roles = [
  'reception',
  'specialist',
  'head',
  'leader',
  'clerk',
  'cashier',
  'post',
  'control',
  'admin',
] as const
export type Role = (typeof roles)[number]

/** Abbreviations before a signature (NĐ 30/2020/NĐ-CP, Phụ lục I); what they mean is the directory's matter. */
export type Capacity = 'TM.' | 'KT.' | 'TL.' | 'TUQ.' | 'Q.'

/** A position somebody holds at an authority, with what it lets them do. */
export interface Post {
  postId: string
  title: string
  authorityCode: string
  unitCode: string
  /** Number of the counter where this post sits, when it has one. */
  counter?: string | null
  roles: Role[]
  /** In which capacity the holder signs; absent for one's own name, or for who signs nothing. */
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

export interface Organisation {
  code: string
  name: string
  role: string
}

/** Who acts in a request. Deny by default: whoever cannot be told is `anonymous`. */
export type Actor =
  | {
      kind: 'person'
      personId: string
      name: string
      personalId?: string
      dateOfBirth?: string
      phone?: string
      email?: string
      /** 2: identity proved in person or by chip card; 1: stated by the person. */
      assurance: 1 | 2
      organisations: Organisation[]
    }
  | {
      kind: 'officer'
      officerId: string
      name: string
      posts: Post[]
      /** Known when the directory has it: nobody acts on a dossier of their own. */
      personalId?: string
    }
  | {
      kind: 'system'
      clientId: string
      name: string
      scopes: string[]
      authorityCodes?: string[]
      /** The partner whose word it brings: bound to the token, never stated in a request. */
      partner?: string
    }
  | { kind: 'anonymous' }

export type Person = Extract<Actor, { kind: 'person' }>
export type Officer = Extract<Actor, { kind: 'officer' }>

export const anonymous: Actor = { kind: 'anonymous' }
