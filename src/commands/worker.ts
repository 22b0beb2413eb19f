import type { Command } from './command.ts'
import { runProcess } from './serve.ts'

export default {
  summary: 'work on the feed and the jobs only',
  help: 'One worker at a time stamps positions; consumers and jobs are shared among all workers.',
  async run() {
    await runProcess({ web: false, worker: true })
    return undefined
  },
} satisfies Command
