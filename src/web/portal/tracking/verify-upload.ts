import { rateLimit } from 'motcua/kernel/rate-limit'
import { type IssuedDocument, identifyFile } from 'motcua/modules/documents'
import type { PageContext } from 'motcua/web/context'
import { data } from 'react-router'
import { tooMany } from './lookup-limits'
import { type FileVerdict, fileVerdict } from './verify-file.view'
import { mostMegabytes } from './verify-limits'

const mostBytes = mostMegabytes * 1024 * 1024
/** What a form adds around its file. */
const formOverheadBytes = 4096

const byAddress = rateLimit({ limit: 60, windowSeconds: 10 * 60 })

export type Checked =
  | { kind: 'missing' }
  | { kind: 'too-large' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'checked'; verdict: FileVerdict }

/** Looks at the file of a posted form and forgets it: nothing is kept but a count of tries. */
export async function checkPosted(request: Request, page: PageContext, expected: IssuedDocument | undefined) {
  const { allowed, ...wait } = byAddress.take(page.address, page.now)
  if (!allowed) {
    const seconds = 'retryAfterSeconds' in wait ? Number(wait.retryAfterSeconds) : 60
    return data<Checked>({ kind: 'wait', seconds }, tooMany(seconds))
  }
  // What does not say how long it is, is not read.
  const length = Number(request.headers.get('content-length') ?? Number.POSITIVE_INFINITY)
  if (length > mostBytes + formOverheadBytes) return data<Checked>({ kind: 'too-large' }, { status: 413 })
  const form = await request.formData().catch(() => {
    throw data(null, { status: 400 })
  })
  if (form.has('_tooLarge')) return data<Checked>({ kind: 'too-large' }, { status: 413 })
  const file = form.get('file')
  if (!(file instanceof File) || file.size === 0) return data<Checked>({ kind: 'missing' }, { status: 422 })
  const bytes = new Uint8Array(await file.arrayBuffer())
  const { app, now, locale } = page
  const found = await identifyFile({ db: app.db.pool, check: app.signatures }, bytes, now)
  return data<Checked>({ kind: 'checked', verdict: fileVerdict(found, expected, locale) })
}
