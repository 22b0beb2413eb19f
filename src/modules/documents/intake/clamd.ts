import { connect, type Socket } from 'node:net'
import { finished } from 'node:stream/promises'

/** What a scanner says of content; `silent` is no answer, and never means that nothing was found. */
export type Verdict =
  | { state: 'clean' }
  | { state: 'infected'; found: string }
  | { state: 'silent'; why: string }

export interface Scanner {
  scan(content: AsyncIterable<Uint8Array>): Promise<Verdict>
}

export interface ClamdOptions {
  /** `host:port`, or the path of a socket. */
  address: string
  /** Milliseconds without a sign of life after which the scanner counts as hanging. */
  silenceMs?: number
}

/**
 * The scanner clamd by its own protocol: INSTREAM, pieces with their length in front, one answer at the end.
 * Only `stream: OK` means clean; a limit of clamd's (StreamMaxLength), an odd or a cut-off answer does not.
 */
export function clamd({ address, silenceMs = 10_000 }: ClamdOptions): Scanner {
  return {
    scan: async (content) => {
      const socket = open(address)
      socket.setTimeout(silenceMs, () => socket.destroy(new Error(`no sign of life in ${silenceMs} ms`)))
      try {
        const [answer] = await Promise.all([answerOf(socket), send(socket, content)])
        return verdict(answer)
      } catch (error) {
        return { state: 'silent', why: (error as Error).message }
      } finally {
        socket.destroy()
      }
    },
  }
}

function open(address: string): Socket {
  if (address.includes('/')) return connect({ path: address })
  const [host, port] = [
    address.slice(0, address.lastIndexOf(':')),
    address.slice(address.lastIndexOf(':') + 1),
  ]
  return connect({ host, port: Number(port) })
}

async function send(socket: Socket, content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await write(socket, Buffer.from('zINSTREAM\0'))
    for await (const piece of content) {
      if (!socket.writable) return
      const length = Buffer.alloc(4)
      length.writeUInt32BE(piece.byteLength)
      socket.write(length)
      await write(socket, piece)
    }
    await write(socket, Buffer.alloc(4))
  } catch (error) {
    // The scanner answers before the end when it has seen enough, and stops listening; its answer counts.
    if (
      !['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes((error as NodeJS.ErrnoException).code ?? '')
    )
      throw error
  }
}

const write = (socket: Socket, bytes: Uint8Array) =>
  new Promise<void>((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())))

async function answerOf(socket: Socket): Promise<string> {
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.length < 16 && parts.push(part))
  await finished(socket, { writable: false })
  return Buffer.concat(parts).toString('utf8').replace(/\0+$/, '').trim()
}

function verdict(answer: string): Verdict {
  if (answer === 'stream: OK') return { state: 'clean' }
  const found = /^stream: (.{1,200}) FOUND$/.exec(answer)?.[1]
  return found ? { state: 'infected', found } : { state: 'silent', why: answer.slice(0, 200) || 'no answer' }
}
