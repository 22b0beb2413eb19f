import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { Server } from '@tus/server'
import { Hono } from 'hono'
import { isRefusal, type Outcome, type Refusal } from '../../kernel/errors.ts'
import { findMessage, toLocale } from '../../kernel/i18n.ts'
import type { Owner } from './documents-store.ts'
import { defaultFileLimit, type FileDoor, storeArrived } from './store-file.ts'
import { TusStore } from './tus-store.ts'

export interface TusOptions {
  door: FileDoor
  /** Folder for notes of uploads that have begun and not ended; their content lies where content arrives. */
  directory: string
  /** Whose upload this is, or why it may not be: asked at every request, also when an upload is resumed. */
  authorise: (request: Request) => Promise<Outcome<Owner>>
  now: () => Date
}

const path = '/files/tus'
const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/**
 * Resumable uploads by the tus protocol, to be mounted at `/files/tus`. The last answer of an upload carries
 * the header `Motcua-File-Id`, or status 422 and the refusal as JSON. Uploads left for a day are forgotten.
 */
export function tusRoutes(options: TusOptions): Hono {
  const server = tusServer(options)
  const app = new Hono()
  app.all('*', (c) => {
    // An upload is read back through the door of files, never as it lies here.
    if (c.req.method === 'GET') return c.notFound()
    return server.handleWeb(withOwnBody(c.req.raw, (c.env as Partial<HttpBindings> | undefined)?.incoming))
  })
  return app
}

/** The same request, its packets passed on as they come: the usual way copies each of them. */
function withOwnBody(request: Request, incoming: HttpBindings['incoming'] | undefined): Request {
  if (request.method !== 'PATCH' || incoming?.readableFlowing !== null) return request
  const packets = incoming[Symbol.asyncIterator]()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await packets.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void incoming.pause(),
    },
    { highWaterMark: 0 },
  )
  const { url, method, headers } = request
  // The types of requests do not know how bodies that are streams must be sent.
  const init: RequestInit & { duplex: 'half' } = { method, headers, body, duplex: 'half' }
  return new Request(url, init)
}

function tusServer({ door, directory, authorise, now }: TusOptions): Server {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const datastore = new TusStore(door.files.arrivals, directory, dayMs)
  // Nobody comes back for most of what was broken off; a look once an hour keeps the folder small.
  let lookedAt = 0
  return new Server({
    path,
    datastore,
    maxSize: door.maxBytes ?? defaultFileLimit,
    relativeLocation: true,
    allowedOrigins: [],
    exposedHeaders: ['Motcua-File-Id'],
    onIncomingRequest: async (request, uploadId) => {
      const owner = await ownerOf(request)
      const upload = await datastore.noted(uploadId).catch(() => undefined)
      // To somebody else the upload does not exist.
      if (upload && upload.metadata?.owner !== ownerKey(owner)) throw { status_code: 404, body: 'Not found' }
    },
    onUploadCreate: async (request, upload) => {
      await forgetExpired()
      const owner = ownerKey(await ownerOf(request))
      return { metadata: { ...upload.metadata, owner } }
    },
    onUploadFinish: async (request, upload) => {
      const owner = await ownerOf(request)
      const { filename, name, purpose } = upload.metadata ?? {}
      const stored = await storeArrived(door, upload.id, {
        name: filename ?? name ?? '',
        owner,
        purpose: purpose ?? 'upload',
        now: now(),
      }).finally(() => datastore.remove(upload.id))
      if (isRefusal(stored)) throw refused(stored, request)
      return { headers: { 'Motcua-File-Id': stored.fileId } }
    },
  })

  async function forgetExpired(): Promise<void> {
    if (now().getTime() - lookedAt < hourMs) return
    lookedAt = now().getTime()
    await datastore.deleteExpired()
  }

  async function ownerOf(request: Request): Promise<Owner> {
    const owner = await authorise(request)
    if (isRefusal(owner)) throw refused(owner, request)
    return owner
  }
}

const ownerKey = ({ kind, id }: Owner): string => `${kind}:${id}`

// The tus library takes a thrown status and body as its answer.
function refused(refusal: Refusal, request: Request): { status_code: number; body: string } {
  const locale = toLocale(request.headers.get('accept-language')?.slice(0, 2))
  const message = findMessage(locale, refusal.code, refusal.details as Record<string, string>)
  const status = { unauthenticated: 401, forbidden: 403, 'too-large': 413 }[refusal.kind as string] ?? 422
  return {
    status_code: status,
    body: JSON.stringify({ code: refusal.code, message, details: refusal.details }),
  }
}

/** Where unfinished uploads lie, beside the store. */
export const tusDirectory = (dataDir: string): string => join(dataDir, 'uploads')
