import { createServer, type Socket } from 'node:net'

/** How a scanner may behave besides answering. */
export type Mood = 'well' | 'hangs' | 'closes' | 'too-large' | 'odd'

// In two parts, so that no scanner takes this file for what it describes.
export const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'}`

/** A small server that speaks clamd's INSTREAM and finds the EICAR test string; its mood can be changed. */
export async function aClamd(at: number | string = 0) {
  const state = { mood: 'well' as Mood, scans: 0 }
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => undefined)
    socket.once('close', () => open.delete(socket))
    if (state.mood === 'closes') return socket.destroy()
    let bytes = Buffer.alloc(0)
    socket.on('data', (part) => {
      bytes = Buffer.concat([bytes, part as Buffer])
      if (state.mood === 'hangs') return
      const content = contentIn(bytes)
      if (content === undefined) return
      state.scans++
      socket.end(`${answer(state.mood, content)}\0`)
    })
  })
  const listening = typeof at === 'number' ? { host: '127.0.0.1', port: at } : { path: at }
  await new Promise<void>((resolve) => server.listen(listening, resolve))
  const address = server.address()
  return {
    address: typeof address === 'string' ? address : `127.0.0.1:${address?.port}`,
    state,
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function answer(mood: Mood, content: Buffer): string {
  if (mood === 'too-large') return 'INSTREAM size limit exceeded. ERROR'
  if (mood === 'odd') return 'PONG'
  return content.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK'
}

/** What was sent, once its end has arrived. */
function contentIn(bytes: Buffer): Buffer | undefined {
  const head = 'zINSTREAM\0'
  if (bytes.length < head.length || bytes.toString('latin1', 0, head.length) !== head) return undefined
  const pieces: Buffer[] = []
  for (let at = head.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
