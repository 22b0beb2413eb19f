import type { TemplateKey } from '../documents/index.ts'
import type { Contents, PartKind } from './contents.ts'

/** New: a procedure that cannot be filed here yet. Abolish: one that ends. */
export type ChangeKind = 'new' | 'amend' | 'abolish'

/**
 * draft: being edited; in-review: handed to a second person; approved: may be published; published: scheduled or in
 * force; withdrawn: taken back; abandoned: given up before publication.
 */
export type ChangeState = 'draft' | 'in-review' | 'approved' | 'published' | 'withdrawn' | 'abandoned'

/** One part as it was saved last. `revision` counts the savings; whoever saves says which one they saw. */
export interface Part<Kind extends PartKind = PartKind> {
  content: Contents[Kind]
  revision: number
  savedBy: string
  savedByName: string
  savedAt: string
}

/** Versions that were in force when the change began, or that publication made. */
export interface Versions {
  procedure: number | null
  form: number | null
  process: number | null
}

/** What becomes of open dossiers: each stays with the edition of its receipt unless the decision says otherwise. */
export type OpenDossiers = 'stay' | 'move-not-accepted' | 'move-all'

/** How a change was published. */
export interface PublicationOfChange {
  validFrom: string
  decision: { number: string; on: string }
  versions: Versions
  /** Printed papers that became a new version. */
  templates?: { key: TemplateKey; version: number }[]
  open: OpenDossiers
  /** Of a procedure that ends: until when its last edition was to be in force. */
  endedTo?: string | null
  by: string
  at: string
}

/** One change of one procedure ("thay đổi thủ tục"), from its draft to its publication and back. */
export interface ProcedureChange {
  id: string
  code: string
  kind: ChangeKind
  title: string
  reason: string
  state: ChangeState
  base: Versions
  /** Only what was touched; the rest is as it is in force. */
  parts: { [K in PartKind]?: Part<K> }
  startedBy: string
  startedAt: string
  /** Everybody who saved a part: none of them may approve it. */
  editors: string[]
  submitted: { by: string; at: string } | null
  /** What the second person said last. */
  review: { by: string; at: string; approved: boolean; note: string } | null
  publication: PublicationOfChange | null
  /** When and why it was taken back, or given up. */
  ended: { by: string; at: string; reason: string } | null
}
