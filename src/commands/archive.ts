import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { App } from '../app.ts'
import { isRefusal, type Refusal } from '../kernel/errors.ts'
import { findMessage } from '../kernel/i18n.ts'
import { dateOfLaw } from '../kernel/time.ts'
import {
  comingDue,
  endedBefore,
  mostExported,
  readRules,
  runPurges,
  stateRule,
} from '../modules/retention/index.ts'
import { type Command, options, UsageError, wholeNumber } from './command.ts'
import { withApp } from './with-app.ts'

const help = `motcua archive rules                       periods of keeping, with source and how sure each is
motcua archive rule --id NAME --from DAY --part dossier|result --years N|forever --basis TEXT --source TEXT
    --by WHO [--procedure CODE] [--template NAME] [--closing KIND] [--confidence C|S|R|U]
                                           states a period from a day on; the one of that name ends the day before;
                                           the journal tells who answers for it
motcua archive due --authority CODE [--days N]
                                           what comes due within N days (365), by authority
motcua archive export --authority CODE --out FILE --purpose TEXT (--code CODE… | --ended-by DAY)
                                           ended dossiers as one ZIP for the historical archive; others can check it
motcua archive run                         runs approved batches to their end now, without a worker`

export default {
  summary: 'periods of keeping, what comes due, export for the historical archive: motcua archive …',
  help,
  async run([what, ...args]) {
    const work = what === undefined ? undefined : words[what]
    if (!work) throw new UsageError('archive rules | rule | due | export | run; --help tells more')
    return work(args)
  },
} satisfies Command

const words: Record<string, (args: string[]) => Promise<number>> = {
  rules: async (args) => {
    options(args, {})
    return withApp(async ({ db }) => {
      for (const { id, part, years, validFrom, validTo, source, confidence } of await readRules(db.pool))
        line(
          `${id.padEnd(26)} ${part.padEnd(8)} ${String(years ?? '∞').padStart(3)} ${validFrom}…${validTo ?? ''} ${confidence} ${source}`,
        )
      return 0
    })
  },
  rule: statePeriod,
  due: async (args) => {
    const { authority, days } = options(args, { authority: { type: 'string' }, days: { type: 'string' } })
    if (!authority) throw new UsageError('--authority is needed')
    return withApp(async (app) => {
      const within = { authority, days: wholeNumber(days, 'days', 365), now: app.now() }
      const { until, counts } = await comingDue(app.db, within)
      line(`đến ${until} · until`)
      for (const { authority: code, due, coming, held, listed } of counts)
        line(
          `${code.padEnd(14)} ${due} hủy được · may go, ${coming} sắp đến · coming, ${held} đang giữ · held, ${listed} trong đợt · in a batch`,
        )
      return 0
    })
  },
  export: exportDossiers,
  run: async (args) => {
    options(args, {})
    return withApp(async (app) => {
      const { db, files, now, config } = app
      const ran = await runPurges({
        db,
        files,
        now,
        baseUrl: config.baseUrl,
        ...(app.papers.layouts && { layouts: app.papers.layouts }),
      })
      line(ran ? 'xong · done' : 'tiến trình khác đang chạy · another process is at it')
      return ran ? 0 : 1
    })
  },
}

const line = (text: string) => process.stdout.write(`${text}\n`)

async function statePeriod(args: string[]): Promise<number> {
  const text = { type: 'string' } as const
  const given = options(args, {
    ...{ id: text, from: text, part: text, years: text, basis: text, source: text, procedure: text },
    ...{ template: text, closing: text, confidence: text, by: text },
  })
  const { id, from, part, years, basis, source, by } = given
  if (!id || !from || !part || !years || !basis || !source || !by)
    throw new UsageError('--id, --from, --part, --years, --basis, --source and --by are needed')
  const rule = {
    ...{ id, validFrom: from, part, basis, source, procedureCode: given.procedure },
    ...{ template: given.template, closing: given.closing, confidence: given.confidence ?? 'S' },
    years: years === 'forever' ? null : wholeNumber(years, 'years', 0),
  }
  return withApp(async ({ db, now }) => {
    const done = await stateRule(db, rule, { by, now: now() })
    if (isRefusal(done)) throw new UsageError(wordsOf(done))
    line(`${done.id}: ${done.years ?? '∞'} năm · years, ${done.validFrom}…`)
    return 0
  })
}

const wordsOf = ({ code, details }: Refusal) => findMessage('vi', code, details as never) ?? code

async function exportDossiers(args: string[]): Promise<number> {
  const given = options(args, {
    ...{ authority: { type: 'string' }, out: { type: 'string' }, purpose: { type: 'string' } },
    ...{ code: { type: 'string', multiple: true }, 'ended-by': { type: 'string' } },
  })
  const { authority, out, purpose } = given
  if (!authority || !out || !purpose) throw new UsageError('--authority, --out and --purpose are needed')
  if (!given.code === !given['ended-by']) throw new UsageError('either --code or --ended-by')
  return withApp(async (app) => {
    const codes = given.code ?? (await endedCodes(app, authority, given['ended-by']!))
    const stream = await app.retention.exportByMachine({ authority, codes, purpose })
    if (isRefusal(stream)) throw new UsageError(wordsOf(stream))
    await pipeline(stream, createWriteStream(out, { flags: 'wx', mode: 0o600 }))
    line(`${codes.length} hồ sơ → ${out} (${dateOfLaw(app.now())})`)
    return 0
  })
}

async function endedCodes({ db }: App, authority: string, day: string): Promise<string[]> {
  const codes: string[] = []
  for await (const page of endedBefore(db.pool, { authority, until: new Date(`${day}T23:59:59+07:00`) }))
    for (const { code, competent, closing } of page)
      if (competent === authority && closing !== null) codes.push(code)
  if (codes.length > mostExported)
    throw new UsageError(`${codes.length} dossiers; one export takes ${mostExported}: name an earlier day`)
  return codes
}
