import type { Channel, Fee, Limit } from '../procedure-version.ts'
import { caseFrom, channelNames, feeFrom, type ImportedRecord, procedureFrom } from './imported.ts'
import { limitInText, readLimit } from './limit-words.ts'
import { isObject, list, text } from './national-record.ts'
import { type Trait, trait } from './trait.ts'

type Json = Record<string, unknown>

const taken = new Set(['MATTHC', 'TENTTHC', 'LINHVUCTHUCHIEN', 'TRINHTUTHUCHIEN', 'CACHTHUCTHUCHIEN'])

/** Whether something looks like a record of the older exchange (`LayThuTuc`). */
export const isExchangeRecord = (value: unknown): value is Json =>
  isObject(value) && typeof value.MATTHC === 'string'

/** Reads a record of the older exchange; what it lacks (papers, results, bases) stays missing and is found by the checks. */
export function readExchangeRecord(record: Json, asOf: string): ImportedRecord {
  const traits: Trait[] = Object.keys(record)
    .filter((name) => !taken.has(name))
    .map((name) => trait('not-taken-over', name, record[name]))
  const [code, name] = [text(record.MATTHC), text(record.TENTTHC)]
  const [sector] = list(record.LINHVUCTHUCHIEN).filter(isObject)
  if (!sector) traits.push(trait('no-field', 'LINHVUCTHUCHIEN', ''))
  const { limits, fees } = waysOf(list(record.CACHTHUCTHUCHIEN), traits)
  const ordinary = caseFrom({ code: `${code}.01`, name: 'Trường hợp chung' }, limits, fees)
  if (!ordinary) traits.push(trait('no-limit', 'CACHTHUCTHUCHIEN', ''))
  const procedure = procedureFrom({
    ...{ code, name, subjects: [], executing: text(record.COQUANTHUCHIEN) || '—', conditions: null },
    field: { code: text(sector?.MALINHVUC) || null, name: text(sector?.TENLINHVUC) || '—' },
    cases: ordinary ? [ordinary] : [],
    components: [],
    steps: stepsOf(list(record.TRINHTUTHUCHIEN), traits),
    ...{ results: [], legalBases: [], asOf, source: `Dịch vụ LayThuTuc, ${code}` },
  })
  return { code, name, format: 'exchange', procedure, traits }
}

function stepsOf(cases: readonly unknown[], traits: Trait[]) {
  return cases.filter(isObject).flatMap((each, i) => {
    const of = text(each.TRUONGHOP)
    if (i > 0) traits.push(trait('group-of-components', `TRINHTUTHUCHIEN.${i}`, of))
    return list(each.TRINHTU)
      .filter(isObject)
      .map((step, n) => ({ name: of || `Bước ${n + 1}`, text: text(step.TENTRINHTU) || '—' }))
  })
}

function waysOf(ways: readonly unknown[], traits: Trait[]) {
  const limits = new Map<Channel, Limit>()
  const fees: Fee[] = []
  for (const [i, way] of ways.filter(isObject).entries()) {
    const at = `CACHTHUCTHUCHIEN.${i}`
    const channel = channelNames[text(way.KENH)]
    if (!channel) {
      traits.push(trait('unknown-channel', `${at}.KENH`, way.KENH ?? ''))
      continue
    }
    for (const time of list(way.THOIGIAN).filter(isObject)) {
      const read =
        readLimit(time.THOIGIANGIAIQUYET, time.DONVITINH, time.MOTA) ?? limitInText(text(time.MOTA))
      if (!read) continue
      if (!read.sure) traits.push(trait('unit-other', `${at}.THOIGIAN`, time.DONVITINH ?? ''))
      if (limits.has(channel)) traits.push(trait('channel-twice', at, time.MOTA ?? ''))
      else limits.set(channel, read.limit)
      fees.push(...feesOf(list(time.PHILEPHI), channel, `${at}.PHILEPHI`, traits))
    }
  }
  return { limits, fees: fees.map((fee, i) => ({ ...fee, key: `${fee.kind}-${i + 1}` })) }
}

function feesOf(fees: readonly unknown[], channel: Channel, at: string, traits: Trait[]): Fee[] {
  return fees.filter(isObject).map((fee, i) => {
    const stated = Number(fee.SOTIEN)
    const amount =
      Number.isSafeInteger(stated) && stated >= 0 && text(String(fee.SOTIEN ?? '')) !== '' ? stated : null
    const words = text(fee.MOTA)
    if (amount === null)
      traits.push(trait('amount-in-words', `${at}.${i}`, words || String(fee.SOTIEN ?? '')))
    return feeFrom(i, { amount, words, kind: 'fee', channel })
  })
}
