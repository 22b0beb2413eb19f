import { createHash } from 'node:crypto'
import type { Queryable } from '../../kernel/db.ts'
import { type CheckDoor, type SignatureReport, verifyPdf, verifyXml } from '../signatures/index.ts'
import { documentsByContent, findDocumentById, type IssuedDocument } from './documents-store.ts'

/** What a file is that somebody holds up to us. */
export interface Identified {
  kind: 'pdf' | 'xml' | 'other'
  sha256: string
  /** The paper that it is, or that it begins with. */
  document: IssuedDocument | undefined
  /** Whether it is that paper byte by byte, or something was written behind it. */
  isWhole: boolean
  /** Papers that took the place of that paper, the nearest first. */
  successors: IssuedDocument[]
  /** Undefined where nothing can be signed. */
  report: SignatureReport | undefined
}

const mostSuccessors = 20

/**
 * Says what a file is: a paper of ours, one that something was added to, or another one. Nothing of the file is kept.
 * A paper of ours is only found by its own bytes, so that whoever holds another file learns nothing of ours.
 */
export async function identifyFile(
  door: { db: Queryable; check: CheckDoor },
  bytes: Uint8Array,
  now: Date,
): Promise<Identified> {
  const kind = kindOf(bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { trusted, revocation } = door.check
  const verify = kind === 'pdf' ? verifyPdf : verifyXml
  const report = kind === 'other' ? undefined : await verify({ trusted, revocation }, bytes, { at: now })
  const beginnings = kind === 'pdf' ? beginningsOf(bytes) : []
  const found = await documentsByContent(door.db, [sha256, ...beginnings.toReversed()])
  const whole = found.find((one) => one.sha256 === sha256 || one.printedSha256 === sha256)
  const document = whole ?? found[0]
  return {
    ...{ kind, sha256, document, isWhole: whole !== undefined, report },
    successors: document ? await successorsOf(door.db, document) : [],
  }
}

/** Papers that took the place of one, the nearest first. */
export async function successorsOf(db: Queryable, document: IssuedDocument): Promise<IssuedDocument[]> {
  const successors: IssuedDocument[] = []
  const seen = new Set([document.id])
  let next = document.replacedBy
  while (next !== null && !seen.has(next) && successors.length < mostSuccessors) {
    seen.add(next)
    const successor = await findDocumentById(db, next)
    if (!successor) break
    successors.push(successor)
    next = successor.replacedBy
  }
  return successors
}

function kindOf(bytes: Uint8Array): Identified['kind'] {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('utf8')
  if (head.includes('%PDF-')) return 'pdf'
  return /^\ufeff?\s*<[?!\w]/.test(head) ? 'xml' : 'other'
}

const endMark = Buffer.from('%%EOF')
const mostBeginnings = 100

/** Hashes of everything that ends with an end of file: what stood there before something was written behind it. */
export function beginningsOf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const hash = createHash('sha256')
  const found: string[] = []
  let hashed = 0
  const upTo = (end: number) => {
    hash.update(file.subarray(hashed, end))
    hashed = end
    found.push(hash.copy().digest('hex'))
  }
  for (let at = file.indexOf(endMark); at >= 0 && found.length < mostBeginnings; ) {
    const end = at + endMark.length
    if (end < file.length) upTo(end)
    // A line end may belong to the end of a file, or may not.
    for (let more = end; more < end + 2 && (file[more] === 10 || file[more] === 13); more++)
      if (more + 1 < file.length) upTo(more + 1)
    at = file.indexOf(endMark, end)
  }
  return found
}
