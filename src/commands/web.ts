import type { Command } from './command.ts'
import { runProcess } from './serve.ts'

export default {
  summary: 'answer pages and API only; run as many as needed beside workers',
  help: 'Needs DATABASE_URL when workers run elsewhere. Holds no state.',
  async run() {
    await runProcess({ web: true, worker: false })
    return undefined
  },
} satisfies Command
