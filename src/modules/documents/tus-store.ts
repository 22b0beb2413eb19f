import { readdir } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { FileStore } from '@tus/file-store'
import { ERRORS, Upload } from '@tus/server'
import type { Arrivals } from '../../kernel/files.ts'

/**
 * Uploads that have begun and not ended, for the tus server: a note of each (name, size, owner) in a folder, and its
 * content where content arrives, hashed and sealed as it comes.
 */
export class TusStore extends FileStore {
  readonly #arrivals: Arrivals

  constructor(arrivals: Arrivals, directory: string, lifeMs: number) {
    super({ directory, expirationPeriodInMilliseconds: lifeMs })
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
      const begun = (await this.noted(id))?.creation_date
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
