import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy } from '@fastify/busboy'
import { isRefusal, type Outcome } from './errors.ts'
import type { Files, HeldFile } from './files.ts'

/**
 * A file of a posted form that lies on disk and not in memory: sealed, hashed and measured as it came. Where it was
 * refused on the way (too large, no room) it is empty, and `held` says why.
 */
export class ArrivedFile extends File {
  readonly held: Outcome<HeldFile>

  constructor(held: Outcome<HeldFile>, name: string, type: string) {
    super([], name, { type })
    this.held = held
  }

  override get size(): number {
    return isRefusal(this.held) ? 0 : this.held.size
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (isRefusal(this.held)) return super.stream()
    return Readable.toWeb(this.held.stream()) as ReadableStream<Uint8Array<ArrayBuffer>>
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    if (isRefusal(this.held)) return new ArrayBuffer(0)
    const bytes = await this.held.read(0, this.held.size)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer())
  }
}

export interface PostedForm {
  form: FormData
  /** Forgets every file that nobody kept; harmless for those that were. */
  forget(): Promise<void>
}

/** What one form may hold; more is no form of ours. */
const most = { files: 200, fields: 5_000, parts: 5_200, fieldBytes: 1_048_576, allFields: 10 * 1_048_576 }

/** The body is no form, was cut short, or holds more than any page asks for. */
export class UnreadableForm extends Error {
  override name = 'UnreadableForm'
}

/**
 * Reads a posted form. Files of a multipart form flow to disk while they arrive: however many and however large, memory
 * holds a few packets of each. One above `maxFileBytes` is refused by itself as soon as it is; the rest of the form is
 * read. Throws `UnreadableForm`.
 */
export async function readPostedForm(
  request: Request,
  { files, maxFileBytes }: { files: Files; maxFileBytes: number },
): Promise<PostedForm> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data/i.test(type) || !request.body) return readWhole(request)
  const form = new FormData()
  const arriving: Promise<void>[] = []
  const arrived: HeldFile[] = []
  const flowing = new Set<Readable>()
  const forget = async () => void (await Promise.all(arrived.map((held) => held.discard())))
  try {
    const parser = new Busboy({
      headers: { 'content-type': type },
      limits: {
        ...{ files: most.files, fields: most.fields, parts: most.parts, fieldSize: most.fieldBytes },
        ...{ headerPairs: 20, headerSize: 16_384 },
      },
    })
    let fieldBytes = 0
    let over = false
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const)
      parser.on(limit, () => {
        over = true
      })
    parser.on('field', (name, value, nameCut, valueCut) => {
      fieldBytes += value.length
      if (nameCut || valueCut || fieldBytes > most.allFields) over = true
      else form.append(name, value)
    })
    parser.on('file', (name, part, fileName, _, mediaType) => {
      // A part that is cut off says so to whoever reads it, and to nobody else.
      part.on('error', () => undefined)
      // A control left empty: nothing came, nothing is kept.
      if (!fileName) {
        form.append(name, new File([], ''))
        part.resume()
        return
      }
      // Its place in the form is taken at once; how it ends is known later.
      const place = arriving.length
      flowing.add(part)
      arriving.push(
        receive(files, part, maxFileBytes).then((held) => {
          if (!isRefusal(held)) arrived.push(held)
          entries[place] = [name, new ArrivedFile(held, fileName, mediaType)]
        }),
      )
    })
    const entries: ([string, ArrivedFile] | undefined)[] = []
    await pipeline(Readable.fromWeb(request.body as never), parser)
    await Promise.all(arriving)
    if (over) throw new UnreadableForm('more than a form holds')
    for (const entry of entries) if (entry) form.append(...entry)
    return { form, forget }
  } catch (error) {
    for (const part of flowing) part.destroy(new Error('cut off'))
    await Promise.allSettled(arriving)
    await forget()
    throw error instanceof UnreadableForm ? error : new UnreadableForm(String(error), { cause: error })
  }
}

async function receive(files: Files, part: Readable, maxBytes: number): Promise<Outcome<HeldFile>> {
  try {
    return await files.receive(part.iterator({ destroyOnReturn: false }), { maxBytes })
  } finally {
    // What was refused on the way is still sent: it is read and thrown away, so that the rest of the form comes.
    part.resume()
  }
}

async function readWhole(request: Request): Promise<PostedForm> {
  try {
    return { form: await request.formData(), forget: async () => undefined }
  } catch (error) {
    throw new UnreadableForm(String(error), { cause: error })
  }
}
