// Runs in a process of its own: lives dossiers through the REST API, and tells how long that took.
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { type Part, steps } from './life-steps.ts'

/** So many lives, each from filing to the result, side by side. */
export interface LivesRound {
  port: number
  origin: string
  /** Cookies of the sessions. */
  citizen: string
  officers: Record<Part, string>
  filing: string
  lives: number
  concurrency: number
}

async function play(round: LivesRound): Promise<{ seconds: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: round.concurrency })
  let left = round.lives
  const worker = async () => {
    while (left-- > 0) await live(agent, round)
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: round.concurrency }, worker))
  agent.destroy()
  return { seconds: (performance.now() - begun) / 1000 }
}

async function live(agent: Agent, round: LivesRound): Promise<void> {
  const send = (path: string, cookie: string, body: string, status: number) =>
    post(agent, round, { path: `/api/v1/dossiers${path}`, cookie, body, status })
  const { code } = JSON.parse(await send('', round.citizen, round.filing, 201)) as { code: string }
  for (const { by, request } of steps)
    await send(`/${code}/actions`, round.officers[by], JSON.stringify(request), 200)
}

interface Sent {
  path: string
  cookie: string
  body: string
  status: number
}

function post(
  agent: Agent,
  { port, origin }: LivesRound,
  { path, cookie, body, status }: Sent,
): Promise<string> {
  const headers = {
    ...{ cookie, origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    ...{ 'content-length': Buffer.byteLength(body), 'idempotency-key': randomUUID() },
  }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part) => {
        text += part
      })
      answer.once('end', () =>
        answer.statusCode === status
          ? resolve(text)
          : reject(new Error(`${path}: ${answer.statusCode} ${text}`)),
      )
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

process.on('message', async (round: LivesRound) => process.send!(await play(round)))
