// Runs in a process of its own: files at a steady rate, whatever the answers take, and tells how long each took.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** So many requests a second for a while. */
export interface SteadyRound {
  port: number
  path: string
  headers: Record<string, string>
  body: string
  perSecond: number
  seconds: number
}

async function play(round: SteadyRound): Promise<{ milliseconds: number[] }> {
  // In turn, so that none is idle until the server closes it.
  const agent = new Agent({ keepAlive: true, scheduling: 'fifo', maxSockets: 16 })
  const answers: Promise<number>[] = []
  const begun = performance.now()
  for (let i = 0; i < round.perSecond * round.seconds; i++) {
    await sleep(Math.max(0, begun + (i * 1000) / round.perSecond - performance.now()))
    answers.push(post(agent, round))
  }
  const milliseconds = await Promise.all(answers)
  agent.destroy()
  return { milliseconds }
}

function post(agent: Agent, { port, path, headers, body }: SteadyRound): Promise<number> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const head = {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'idempotency-key': randomUUID(),
    }
    const sent = request(
      { host: '127.0.0.1', port, path, method: 'POST', agent, headers: head },
      (answer) => {
        answer.resume()
        answer.once('end', () => {
          if (answer.statusCode === 201) resolve(performance.now() - begun)
          else reject(new Error(`answered ${answer.statusCode}`))
        })
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}

process.on('message', async (round: SteadyRound) => process.send!(await play(round)))
