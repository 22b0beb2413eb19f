import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import type { Db } from '../../kernel/db.ts'
import type { Files } from '../../kernel/files.ts'
import { readStream, sealedText } from '../../kernel/journal.ts'
import { getVersion } from '../catalogue/index.ts'
import { findAuthority } from '../directory/index.ts'
import { documentsOfDossier, findFiles } from '../documents/index.ts'
import { findById, readPapers } from '../dossiers/index.ts'
import { longerEdition } from '../signatures/index.ts'
import { entryName, type ZipEntry, zipStream } from '../vault/index.ts'
import { readme } from './export-readme.ts'

interface ExportParts {
  db: Db
  files: Files
}

/** A line of the manifest: which file, how large, and its SHA-256. */
interface Listed {
  path: string
  size: number
  sha256: string
  /** Of a paper that got time stamps after it was issued: the issued edition, which is how the file begins. */
  issued?: Edition
}

type Edition = { sha256: string; size: number }

/** A file of the export, with the edition that was issued where a longer one is packed. */
type Packed = ZipEntry & { issued?: Edition }

/**
 * Dossiers for the historical archive as one ZIP: metadata, declaration, papers as handed in and as PDF/A, issued
 * papers with their signatures, and the journal as the very texts that were hashed. One file at a time in memory.
 */
export function exportArchive(parts: ExportParts, ids: readonly string[], now: Date): Readable {
  const files: Listed[] = []
  const heads: { code: string; stream: string; entries: number; head: string; purged: boolean }[] = []
  async function* entries(): AsyncGenerator<ZipEntry> {
    yield noted(files, text('README.txt', readme))
    for (const id of ids)
      for await (const entry of entriesOf(parts, id, (head) => heads.push(head))) yield noted(files, entry)
    const manifest = () => ({
      format: 'motcua-archive/1',
      createdAt: now.toISOString(),
      hash: 'SHA-256',
      dossiers: heads,
      files,
    })
    yield {
      name: 'manifest.json',
      open: async () => Readable.from([bytes(`${JSON.stringify(manifest(), null, 2)}\n`)]),
    }
  }
  return zipStream(entries(), now)
}

const bytes = (words: string) => new TextEncoder().encode(words)
const text = (name: string, words: string): ZipEntry => ({
  name,
  open: async () => Readable.from([bytes(words)]),
})
const json = (name: string, value: unknown) => text(name, `${JSON.stringify(value, null, 2)}\n`)

/** The same file, noted in the manifest once it went by. */
function noted(list: Listed[], { name, open, issued }: Packed): ZipEntry {
  return {
    name,
    async open() {
      const content = await open()
      return (async function* () {
        const hash = createHash('sha256')
        let size = 0
        for await (const piece of content) {
          hash.update(piece)
          size += piece.length
          yield piece
        }
        list.push({ path: name, size, sha256: hash.digest('hex'), ...(issued && { issued }) })
      })()
    },
  }
}

type Head = { code: string; stream: string; entries: number; head: string; purged: boolean }

async function* entriesOf(
  { db, files }: ExportParts,
  id: string,
  tell: (head: Head) => void,
): AsyncGenerator<Packed> {
  const file = await findById(db.pool, id)
  if (!file) return
  const { dossier, party } = file
  const folder = `ho-so/${dossier.code}`
  const journal = await readStream(db.pool, id)
  const { rows: privates } = await db.pool.query(
    `select id, field, content, encode(salt, 'hex') as salt from dossiers.private where dossier_id = $1 order by id`,
    [id],
  )
  const purged = privates.length === 0
  tell({
    code: dossier.code,
    stream: id,
    entries: journal.length,
    head: dossier.headHash.toString('hex'),
    purged,
  })
  yield json(`${folder}/metadata.json`, await metadataOf(db, file, purged))
  yield text(
    `${folder}/journal.jsonl`,
    journal
      .map((entry) => `${sealedText(entry.stream, entry.sequence, entry.previousHash, entry)}\n`)
      .join(''),
  )
  yield text(`${folder}/contents.jsonl`, privates.map((each) => `${canonicalJson(each)}\n`).join(''))
  if (!purged) yield json(`${folder}/party.json`, { ...party, lookupSecret: undefined })
  let nth = 0
  const papers = await readPapers(db.pool, id)
  const stored = new Map(
    (
      await findFiles(
        db.pool,
        papers.map(({ fileId }) => fileId),
      )
    ).map((each) => [each.fileId, each]),
  )
  for (const paper of papers) {
    nth += 1
    const name = `${folder}/giay-to/${entryName(nth, `${paper.component} ${paper.name.replace(/\.[^.]*$/, '')}`, extensionOf(paper.name))}`
    const scan = stored.get(paper.fileId)
    // What may be malware goes nowhere.
    if (scan && (scan.scanState === 'infected' || scan.scanState === 'waiting')) continue
    yield* newest({ db, files }, name, paper.sha256)
    const converted = scan?.convertedSha256
    if (converted && (await files.size(converted))) yield content(files, `${name}.pdf-a.pdf`, converted)
  }
  for (const issued of await documentsOfDossier(db.pool, id)) {
    nth += 1
    const name = entryName(nth, `${issued.kind} ${issued.number}`, 'pdf')
    yield* newest({ db, files }, `${folder}/giay-to-da-cap/${name}`, issued.sha256)
  }
}

/**
 * A paper with all its time stamps: in fifty years only those say that its signatures were good when they were made.
 * Nothing when its content is gone.
 */
async function* newest({ db, files }: ExportParts, name: string, sha256: string): AsyncGenerator<Packed> {
  const size = await files.size(sha256)
  if (!size) return
  const longer = await longerEdition(db.pool, sha256)
  if (longer && (await files.size(longer.sha256)))
    yield { ...content(files, name, longer.sha256), issued: { sha256, size } }
  else yield content(files, name, sha256)
}

const content = (files: Files, name: string, sha256: string): ZipEntry => ({
  name,
  open: async () => (await files.open(sha256)) ?? Readable.from([]),
})

const extensionOf = (name: string) => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? 'bin'

/** What a dossier is called by: the names of the national packets where they are known, ours where not. */
async function metadataOf(
  db: Db,
  { dossier, party }: NonNullable<Awaited<ReturnType<typeof findById>>>,
  purged: boolean,
) {
  const version = await getVersion(db, dossier.procedureCode, dossier.procedureVersion)
  const competent = await findAuthority(db, dossier.competent)
  const issued = await documentsOfDossier(db.pool, dossier.id)
  return {
    MaHoSo: dossier.code,
    MaTTHC: dossier.procedureCode,
    TenTTHC: version.name,
    MaLinhVuc: version.field.code,
    TenLinhVuc: version.field.name,
    KenhThucHien: { direct: '1', online: '2', post: '3' }[dossier.channel],
    ChuHoSo: party.name || null,
    MaDonViTiepNhan: dossier.receivedBy,
    DonViXuLy: competent?.name ?? dossier.competent,
    NgayNopHoSo: dossier.submittedAt,
    NgayTiepNhan: dossier.acceptedAt,
    NgayHenTra: dossier.promisedDueAt,
    NgayKetThucXuLy: dossier.decidedAt,
    NgayTra: dossier.closedAt,
    state: dossier.state,
    outcome: dossier.outcome,
    resultState: dossier.resultState,
    procedureVersion: dossier.procedureVersion,
    formKey: dossier.formKey,
    formVersion: dossier.formVersion,
    contentDestroyed: purged,
    issued: issued.map(
      ({ kind, number, title, sha256, issuedAt, status, signerName, verifyCode, signatures }) => ({
        ...{ kind, number, title, sha256, issuedAt, status, signerName, verifyCode, signatures },
      }),
    ),
  }
}
