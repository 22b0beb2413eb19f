import { Worker } from 'node:worker_threads'
import { sharedLibrary } from '../layouts.ts'
import { libraryFiles } from '../templates/library.ts'

/**
 * Standards a document can be checked against and claim. The compiler takes one at a time: slips claim
 * PDF/A-2a; that they also pass the checks of PDF/UA-1 is proved by a test, not written into the file.
 */
export type PdfStandard = 'a-2a' | 'a-2b' | 'ua-1'

export type TypstJob = {
  id: number
  /** Folder of the edition; the template reads nothing outside it. */
  folder: string
  template: string
  /** Source of the template where it is no file of the folder: one that a procedure published. */
  source?: string
  /** Files that the template reads by these names beside its own folder: pictures of a paper. */
  assets?: Readonly<Record<string, Uint8Array>>
  /** JSON read by the template through `sys.inputs`; never part of template source. */
  data: string
  standard: PdfStandard
  /** Seconds since 1970. */
  createdAt: number
}

/** A place that a layout leaves open, by name: points from the top left, pages from 1. */
export interface OpenPlace {
  name: string
  page: number
  x: number
  y: number
  width: number
  height: number
}

export interface Printed {
  pdf: Uint8Array<ArrayBuffer>
  open: OpenPlace[]
}
export type TypstReply = ({ id: number } & Printed) | { id: number; error: string }
export type PrintRequest = Omit<TypstJob, 'id'> & {
  /** Milliseconds after which the document is given up, where the pool's own limit is too long. */
  limitMs?: number
}

/** The template could not be laid out with the data, or not in time; the message says why. */
export class NotLaidOut extends Error {
  override name = 'NotLaidOut'
}

type Waiting = {
  job: TypstJob
  limitMs: number
  resolve: (printed: Printed) => void
  reject: (error: Error) => void
}
type Seat = { worker: Worker; busy: Waiting | undefined; clock: NodeJS.Timeout | undefined }

const templatePattern = /^[a-z][a-z0-9-]*$/
const twoMinutes = 120_000

/**
 * Typst blocks the thread it runs on, so it works in `size` worker threads and documents queue for them.
 * A worker that dies, or that finds no end within `limitMs`, fails its own document only; the next one starts a
 * new worker.
 */
export class TypstPool {
  readonly #size: number
  readonly #limitMs: number
  #seats: Seat[] = []
  #queue: Waiting[] = []
  #lastId = 0
  #closed = false

  constructor({ size = 1, limitMs = twoMinutes }: { size?: number; limitMs?: number } = {}) {
    this.#size = size
    this.#limitMs = limitMs
  }

  print({ limitMs = this.#limitMs, ...request }: PrintRequest): Promise<Printed> {
    if (this.#closed) return Promise.reject(new Error('printing has been closed'))
    if (!templatePattern.test(request.template)) return Promise.reject(new Error('no such template'))
    return new Promise((resolve, reject) => {
      const job = { ...request, id: ++this.#lastId }
      this.#queue.push({ job, limitMs, resolve, reject })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { reject } of this.#queue.splice(0)) reject(new Error('printing has been closed'))
    await Promise.all(this.#seats.map(({ worker }) => worker.terminate()))
  }

  #next(): void {
    const seat = this.#seats.find(({ busy }) => !busy) ?? this.#openSeat()
    const waiting = seat && this.#queue.shift()
    if (!seat || !waiting) return
    seat.busy = waiting
    seat.clock = setTimeout(() => this.#giveUp(seat), waiting.limitMs)
    // A document in hand keeps the process alive; an idle worker does not.
    seat.worker.ref()
    seat.worker.postMessage(waiting.job)
  }

  #openSeat(): Seat | undefined {
    if (this.#seats.length >= this.#size) return undefined
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { library: sharedLibrary, libraries: libraryFiles },
    })
    const seat: Seat = { worker, busy: undefined, clock: undefined }
    worker.on('message', (reply: TypstReply) => this.#finish(seat, reply))
    worker.on('error', (error) => this.#lose(seat, error))
    worker.on('exit', () => this.#lose(seat, new Error('the printing thread ended')))
    this.#seats.push(seat)
    return seat
  }

  #finish(seat: Seat, reply: TypstReply): void {
    const done = seat.busy
    seat.busy = undefined
    clearTimeout(seat.clock)
    seat.worker.unref()
    if (done && 'pdf' in reply) done.resolve({ pdf: reply.pdf, open: reply.open })
    else if (done && 'error' in reply) done.reject(new NotLaidOut(reply.error))
    this.#next()
  }

  #giveUp(seat: Seat): void {
    const { job, limitMs } = seat.busy ?? { job: undefined, limitMs: this.#limitMs }
    this.#lose(seat, new NotLaidOut(`${job?.template}: no end within ${limitMs / 1000} s`))
    void seat.worker.terminate()
  }

  #lose(seat: Seat, error: unknown): void {
    clearTimeout(seat.clock)
    this.#seats = this.#seats.filter((other) => other !== seat)
    seat.busy?.reject(error instanceof Error ? error : new Error(String(error)))
    seat.busy = undefined
    if (!this.#closed && this.#queue.length > 0) this.#next()
  }
}
