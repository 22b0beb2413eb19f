import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'
import type { App } from './app.ts'
import { previewAskedCopy } from './copy-preview.ts'
import { isRefusal, refusal } from './kernel/errors.ts'
import { letGoForHead } from './kernel/http.ts'
import { localeOf, refuse } from './kernel/problem.ts'
import {
  fileResponse,
  fileState,
  findFile,
  isPhoto,
  joinPaper,
  openDocument,
  openFile,
  openJoined,
  type StoredFile,
  tusRoutes,
} from './modules/documents/index.ts'
import {
  controlSlip,
  Request as DossierRequest,
  type DossierView,
  filesNamed,
  handOverSlip,
  holdsScan,
  issuePaper,
  maySign,
  type PaperKind,
  paperNamed,
} from './modules/dossiers/index.ts'
import { type Actor, type Officer, sameOrigin } from './modules/identity/index.ts'
import { findConfirmation } from './modules/signatures/index.ts'
import { copiedItem } from './modules/vault/index.ts'

const signInFirst = refusal('unauthenticated', 'http.sign-in-first')

/** Files and papers of dossiers: each opens only to whoever may open its dossier or draft. */
export function fileRoutes(app: App): Hono {
  const routes = new Hono()
  routes.use(letGoForHead)

  routes.get('/tep/:fileId', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const fileId = context.req.param('fileId')
    const file = await findFile(app.db.pool, fileId)
    const held = await heldBy(app, actor, fileId, context.req.query('ho-so'))
    if (file === undefined || (!held && !isOwner(actor, file.owner))) return context.text('404', 404)
    // A copy of somebody's paper opens by the dossier that holds it, or as long as the paper itself would.
    const copied = copiedItem(file.purpose)
    if (copied && !held && !(await app.vault.mayRead(actor, copied))) return context.text('404', 404)
    const opened = await openFile({ db: app.db.pool, files: app.files }, fileId, {
      view: context.req.query('xem') !== undefined,
      paper: context.req.query('pdf') !== undefined,
    })
    if (isRefusal(opened)) return refuse(context, opened)
    if (copied) await app.vault.noteRead(actor, copied, held?.code ?? null)
    return fileResponse(opened, {
      inline: ['xem', 'pdf'].some((way) => context.req.query(way) !== undefined),
    })
  })

  // A paper of somebody's vault, for whoever has a ground to read it; each reading is told to its owner.
  routes.get('/kho/giay/:id', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const [view, paper] = ['xem', 'pdf'].map((way) => context.req.query(way) !== undefined)
    const dossierCode = context.req.query('ho-so')
    const opened = await app.vault.open(actor, context.req.param('id'), { dossierCode, view, paper })
    return isRefusal(opened) ? refuse(context, opened) : fileResponse(opened, { inline: view || paper })
  })

  // Everything in one archive: the person's, or that of an organisation they may act for.
  routes.get('/kho/tai-ve.zip', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    if (actor.kind !== 'person') return refuse(context, signInFirst)
    const archive = await app.vault.download(actor, context.req.query('to-chuc'))
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="kho-giay-to.zip"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    }
    return new Response(Readable.toWeb(archive) as ReadableStream, { headers })
  })

  // What became of a file, for whoever waits beside it.
  routes.get('/tep/:fileId/trang-thai', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const fileId = context.req.param('fileId')
    const file = await findFile(app.db.pool, fileId)
    const held = await heldBy(app, actor, fileId, context.req.query('ho-so'))
    if (file === undefined || (!held && !isOwner(actor, file.owner))) return context.text('404', 404)
    const { text, waiting } = fileState(file, localeOf(context))
    return context.json({ text, waiting }, 200, { 'cache-control': 'no-store' })
  })

  // Several photos of one paper of a dossier as one PDF/A, in the order in which they were sent.
  routes.get('/tep/gop/:code/:component', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const view = await app.dossiers.view(actor, context.req.param('code'))
    if (isRefusal(view)) return refuse(context, view)
    const sides = view.papers.filter(({ component }) => component === context.req.param('component'))
    const files = await Promise.all(sides.map(({ fileId }) => findFile(app.db.pool, fileId)))
    const photos = files.filter((file) => file !== undefined && isPhoto(file)) as StoredFile[]
    const joined = await joinPaper({ db: app.db.pool, files: app.files, now: app.now() }, photos)
    if (joined === undefined) return context.text('404', 404)
    const opened = await openJoined(app.files, joined, `${context.req.param('component')}.pdf`)
    return isRefusal(opened) ? refuse(context, opened) : fileResponse(opened, { inline: true })
  })

  // `/giay/<code>/receipt-2.pdf`: the paper of the act with sequence 2; `result.2-7.pdf` the second result of act 7.
  routes.get('/giay/:code/:paper{[a-z0-9.]+-[0-9]+\\.pdf}', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const view = await app.dossiers.view(actor, context.req.param('code'))
    if (isRefusal(view)) return refuse(context, view)
    const named = paperNamed(context.req.param('paper').replace(/\.pdf$/, ''))
    if (named === undefined) return context.text('404', 404)
    const paper = await paperOf(app, { actor, view, ...named })
    if (paper === undefined) return context.text('404', 404)
    return isRefusal(paper) ? refuse(context, paper) : paper
  })

  // Everything that was handed over in one batch, on one slip.
  routes.get('/giay/ban-giao/:batch{[0-9a-f-]+\\.pdf}', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const slip = await handOverSlip(app.papers, actor, context.req.param('batch').replace('.pdf', ''))
    return isRefusal(slip) ? refuse(context, slip) : pdf(slip, 'phieu-ban-giao')
  })

  // A digitised copy that waits for the officer's phone.
  routes.get('/giay/:code/ban-sao-cho-ky.pdf', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    const [round, copy] = [context.req.query('yeu-cau'), context.req.query('giay')]
    if (actor.kind !== 'officer' || !round || !copy) return context.text('404', 404)
    const printed = await previewAskedCopy(app, actor, { round, copy, code: context.req.param('code') })
    if (printed === undefined) return context.text('404', 404)
    return isRefusal(printed) ? refuse(context, printed) : pdf(printed, 'ban-sao-cho-ky')
  })

  routes.get('/giay/:code/xem-truoc.pdf', async (context) => {
    const actor = await app.identity.resolveActor(context.req.raw)
    if (actor.kind !== 'officer') return context.text('404', 404)
    const [code, capacity] = [context.req.param('code'), context.req.query('tu-cach')]
    const kind = context.req.query('giay')?.replace('.', '/')
    const round = context.req.query('yeu-cau')
    const request = round === undefined ? undefined : await askedOnPhone(app, actor, { round, code })
    if (round !== undefined && request === undefined) return context.text('404', 404)
    const wanted = { code, ...(kind && { kind }), ...(request ? { request } : capacity && { capacity }) }
    const printed = await app.dossiers.previewApproval(actor, wanted)
    return isRefusal(printed) ? refuse(context, printed) : pdf(printed, 'xem-truoc')
  })

  routes.use('/files/*', sameOrigin(app.identity.config))
  routes.route(
    '/files/tus',
    tusRoutes({
      door: app.intake,
      directory: join(app.config.dataDir, 'uploads'),
      now: app.now,
      authorise: async (request: Request) => {
        const actor = await app.identity.resolveActor(request)
        if (actor.kind === 'person') return { kind: 'person', id: actor.personId }
        return actor.kind === 'officer' ? { kind: 'officer', id: actor.officerId } : signInFirst
      },
    }),
  )
  return routes
}

/** The decision that an officer's own phone is asked to sign of a dossier. */
async function askedOnPhone(
  app: App,
  { officerId }: Officer,
  { round, code }: { round: string; code: string },
) {
  const signers = await app.signatures.signersOf({ kind: 'officer', id: officerId })
  const phone = signers.find(({ kind }) => kind === 'mobile')
  const asked = phone && (await findConfirmation(app.db, { requestId: round, signerId: phone.id }))
  const { acts = [] } = (asked?.about ?? {}) as { acts?: { code: string; request: unknown }[] }
  const { data } = DossierRequest.safeParse(acts.find((act) => act.code === code)?.request)
  return data && maySign(data) ? data : undefined
}

interface Wanted {
  actor: Actor
  view: DossierView
  kind: PaperKind
  sequence: number
}

// Slips of work among officers show how things stand; every other paper is issued once.
async function paperOf(app: App, { actor, view, kind, sequence }: Wanted) {
  if (kind === 'control') {
    if (actor.kind !== 'officer') return undefined
    const slip = await controlSlip(app.papers, view)
    return isRefusal(slip) ? slip : pdf(slip, `phieu-kiem-soat-${view.dossier.code}`)
  }
  if (kind === 'handover') {
    const act = view.history.find((each) => each.sequence === sequence)
    const batch = act?.kind === 'dossiers.handed-over' && (act.data as { batch: string }).batch
    if (!batch) return undefined
    const slip = await handOverSlip(app.papers, actor, batch)
    return isRefusal(slip) ? slip : pdf(slip, `phieu-ban-giao-${view.dossier.code}`)
  }
  const document = await issuePaper(app.papers, view, kind, sequence)
  if (document === undefined || isRefusal(document)) return document
  const opened = await openDocument(app.files, document, app.db.pool)
  return isRefusal(opened) ? opened : fileResponse(opened, { inline: true })
}

function pdf(bytes: Uint8Array, name: string): Response {
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="${name}.pdf"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  return new Response(new Uint8Array(bytes), { headers })
}

const isOwner = (actor: Actor, owner: { kind: string; id: string }) =>
  (actor.kind === 'person' && owner.kind === 'person' && owner.id === actor.personId) ||
  (actor.kind === 'officer' && owner.kind === 'officer' && owner.id === actor.officerId)

/** The dossier that holds a file, for whoever may open it. */
async function heldBy(app: App, actor: Actor, fileId: string, code: string | undefined) {
  if (code === undefined) return undefined
  const view = await app.dossiers.view(actor, code)
  if (isRefusal(view)) return undefined
  if (!holdsFile(view, fileId) && !(await holdsScan(app.db.pool, view.dossier.id, fileId))) return undefined
  return { code: view.dossier.code }
}

const holdsFile = (view: DossierView, fileId: string) =>
  view.papers.some((paper) => paper.fileId === fileId) ||
  [...filesNamed(view.answers), ...filesNamed(view.party.filedFor)].some((file) => file.fileId === fileId)
