import type { App } from '../app.ts'
import { waitingFor } from '../kernel/feed.ts'
import { verifyOtherStreams } from '../kernel/journal.ts'
import { type VerifyReport, verifyDossiers } from '../modules/dossiers/index.ts'
import { recompute } from '../modules/indicators/index.ts'
import { recomputeTimes } from '../modules/reform/index.ts'
import { purgedOf, type RetentionFaults, verifyRetention } from '../modules/retention/index.ts'
import { type Command, options } from './command.ts'
import { withApp } from './with-app.ts'

export default {
  summary:
    'check every chain of the journal, every dossier and what was destroyed against it, live figures and times of steps',
  help: '  --json   print the report as one JSON object\n\nExit code 0 when all is sound, 1 when not.',
  async run(args) {
    const { json } = options(args, { json: { type: 'boolean', default: false } })
    return withApp(async (app) => {
      const dossiers = await verifyDossiers(app.db.pool, (ids) => purgedOf(app.db.pool, ids))
      const others = await verifyOtherStreams(app.db.pool, 'dossier')
      const chainFaults = [...dossiers.chainFaults, ...others.faults]
      const report = { ...dossiers, chainFaults, otherStreams: others.streams }
      const figures = await recompute(app.db)
      const times = await recomputeTimes(app.db)
      const waiting = await waitingEntries(app)
      const kept = await verifyRetention(app.db.pool, app.now())
      const faults = [report.chainFaults, report.differingRows, figures, times, kept.unexplained]
      const sound = faults.every((each) => each.length === 0) && kept.lingering === 0
      if (json)
        process.stdout.write(
          `${JSON.stringify({ sound, ...report, figures, times, waiting, retention: kept })}\n`,
        )
      else print(report, { figures: figures.length, times: times.length, waiting, kept }, sound)
      return sound ? 0 : 1
    })
  },
} satisfies Command

/** How much the figures and times have yet to count; after a server that died it waits for the next one. */
async function waitingEntries({ db }: App): Promise<number> {
  const waits = await Promise.all(['indicators', 'reform'].map((consumer) => waitingFor(db.pool, consumer)))
  return Math.max(...waits.map(({ length }) => length))
}

function print(
  report: VerifyReport & { otherStreams: number },
  differing: { figures: number; times: number; waiting: number; kept: RetentionFaults },
  sound: boolean,
): void {
  const lines = [
    `${report.streams} hồ sơ, ${report.entries} bút toán nhật ký · dossiers, journal entries`,
    `${report.otherStreams} chuỗi nhật ký khác · other streams of the journal`,
    `${report.chainFaults.length} chuỗi băm hỏng · broken chains`,
    `${report.differingRows.length} hồ sơ lệch nhật ký · rows that differ from their journal`,
    `${differing.figures} số liệu lệch · figures that differ from a full recomputation`,
    `${differing.times} thời gian bước lệch · times of steps and dossiers that differ from a full recomputation`,
    `${differing.waiting} bút toán máy chủ sẽ tính vào số liệu khi chạy lại · entries that figures will count once a server runs`,
    `${differing.kept.unexplained.length} hồ sơ bị hủy mà nhật ký không nói, hoặc ngược lại · destroyed without an entry, or the other way round`,
    `${differing.kept.lingering} nội dung đã hủy còn trong kho · contents that should have left the store`,
    ...report.chainFaults.map((fault) => `  ${fault.stream} #${fault.sequence}: ${fault.fault}`),
    ...report.differingRows.map((row) => `  ${row.code}: ${row.fields.join(', ')}`),
    sound ? 'Toàn vẹn · sound' : 'KHÔNG toàn vẹn · NOT sound',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
