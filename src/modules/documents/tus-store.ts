import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import type { Arrivals } from '../../kernel/files.ts'

/** Notes of uploads, each in a file of its own that nobody else on the machine reads. */
class Notes {
  readonly #arrivals: Arrivals
  readonly #directory: string

  constructor(arrivals: Arrivals, directory: string) {
    this.#arrivals = arrivals
    this.#directory = directory
  }

  async get(id: string): Promise<Upload | undefined> {
    const note = await readFile(this.#pathOf(id)).catch(() => undefined)
    const text = note && this.#arrivals.fromNote(id, note)
    try {
      return text === undefined ? undefined : (JSON.parse(text) as Upload)
    } catch {
      return undefined
    }
  }

  async set(id: string, upload: Upload): Promise<void> {
    await writeFile(this.#pathOf(id), this.#arrivals.toNote(id, JSON.stringify(upload)), { mode: 0o600 })
  }

  async delete(id: string): Promise<void> {
    await rm(this.#pathOf(id), { force: true })
  }

  #pathOf(id: string): string {
    if (!/^[0-9a-f]+$/.test(id)) throw ERRORS.FILE_NOT_FOUND
    return join(this.#directory, `${id}.json`)
  }
}

/**
 * Uploads that have begun and not ended, for the tus server: a note of each (name, size, owner) in a folder, and its
 * content where content arrives, hashed and sealed as it comes.
 */
export class TusStore extends FileStore {
  readonly #arrivals: Arrivals

  constructor(arrivals: Arrivals, directory: string, lifeMs: number) {
    super({
      directory,
      expirationPeriodInMilliseconds: lifeMs,
      configstore: new Notes(arrivals, directory) as never,
    })
    this.#arrivals = arrivals
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#arrivals.begin(upload.id)
    await this.configstore.set(upload.id, upload)
    return upload
  }

  override async write(source: Readable, id: string, offset: number): Promise<number> {
    if ((await this.#arrivals.size(id)) !== offset) throw ERRORS.INVALID_OFFSET
    return this.#arrivals.append(id, source)
  }

  override async getUpload(id: string): Promise<Upload> {
    const [note, offset] = [await this.noted(id), await this.#arrivals.size(id)]
    if (!note) throw ERRORS.FILE_NOT_FOUND
    if (offset === undefined) throw ERRORS.FILE_NO_LONGER_EXISTS
    const { size, metadata, creation_date } = note
    return new Upload({ id, size, offset, metadata, creation_date })
  }

  /** What was said when the upload began, without looking at its content. */
  async noted(id: string): Promise<Upload | undefined> {
    return /^[0-9a-f]+$/.test(id) ? this.configstore.get(id) : undefined
  }

  override async remove(id: string): Promise<void> {
    await this.#arrivals.forget(id)
    await this.configstore.delete(id)
  }

  override async deleteExpired(): Promise<number> {
    let forgotten = 0
    for (const name of await readdir(this.directory)) {
      const id = name.replace(/\.json$/, '')
      const begun = (await this.noted(id))?.creation_date ?? (await writtenAt(join(this.directory, name)))
      if (!begun || Date.now() - Date.parse(begun) < this.getExpiration()) continue
      await this.remove(id)
      forgotten++
    }
    return forgotten
  }

  override read(): never {
    throw new Error('what has not arrived whole is not read')
  }
}

// A note that nobody can read any more still says when it was written.
const writtenAt = (path: string): Promise<string | undefined> =>
  stat(path).then(
    ({ mtime }) => mtime.toISOString(),
    () => undefined,
  )
