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

/** A position somebody holds at an authority, with what it lets them do. */
export interface Post {
  postId: string
  title: string
  authorityCode: string
  unitCode: string
  /** Number of the counter where this post sits, when it has one. */
  counter?: string | null
  roles: Role[]
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
  | { kind: 'officer'; officerId: string; name: string; posts: Post[] }
  | { kind: 'system'; clientId: string; name: string; scopes: string[]; authorityCodes?: string[] }
  | { kind: 'anonymous' }

export type Person = Extract<Actor, { kind: 'person' }>
export type Officer = Extract<Actor, { kind: 'officer' }>

export const anonymous: Actor = { kind: 'anonymous' }
