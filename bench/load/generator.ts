// Runs in a process of its own: sends what it is told to, and tells how long that took.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'

/** One round of requests. */
export interface Round {
  port: number
  path: string
  headers: Record<string, string>
  body: string
  n: number
  concurrency: number
}

/** How a round went. */
export interface RoundResult {
  seconds: number
  /** Answers with another status than 201, by status. */
  others: Record<string, number>
}

async function play({ port, path, headers, body, n, concurrency }: Round): Promise<RoundResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const others: Record<string, number> = {}
  let left = n
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const head = {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': randomUUID(),
      }
      const sent = request(
        { host: '127.0.0.1', port, path, method: 'POST', agent, headers: head },
        (answer) => {
          if (answer.statusCode !== 201) others[answer.statusCode!] = (others[answer.statusCode!] ?? 0) + 1
          answer.resume()
          answer.once('end', resolve)
        },
      )
      sent.once('error', reject)
      sent.end(body)
    })
  const worker = async () => {
    while (left-- > 0) await one()
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: concurrency }, worker))
  agent.destroy()
  return { seconds: (performance.now() - begun) / 1000, others }
}

process.on('message', async (round: Round) => process.send!(await play(round)))
