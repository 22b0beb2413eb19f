import type { Case, Channel, Component, Fee, Limit, ProcedureVersion } from '../procedure-version.ts'
import type { Trait } from './trait.ts'

/** An edition as a record tells it: what the record does not say is still missing. */
export type ImportedProcedure = Omit<ProcedureVersion, 'version' | 'validFrom' | 'validTo' | 'announcement'>

/** What came out of one record. */
export interface ImportedRecord {
  code: string
  name: string
  /** Which kind of record it was. */
  format: 'national' | 'exchange' | 'csv'
  procedure: ImportedProcedure
  traits: Trait[]
}

/** What every format says in its own words. */
export interface Said {
  code: string
  name: string
  field: { code: string | null; name: string }
  subjects: string[]
  executing: string
  conditions: string | null
  cases: Case[]
  components: Component[]
  steps: { name: string; text: string }[]
  results: { code: string | null; name: string }[]
  legalBases: { number: string; title: string }[]
  asOf: string
  source: string
}

/** Which authorities settle it, from the words of the record; the commune when nothing else is named. */
export function executingKind(text: string): ProcedureVersion['executing']['kind'] {
  if (/công an (cấp )?xã|công an phường/i.test(text)) return 'commune-police'
  if (/đăng ký đất đai/i.test(text)) return 'land-registry'
  if (/bảo hiểm xã hội/i.test(text)) return 'insurance'
  if (/thuế/i.test(text)) return 'tax'
  if (/sở |cấp tỉnh|tỉnh,|thành phố trực thuộc/i.test(text)) return 'department'
  return 'commune'
}

/** The draft of an edition from what a record says; form, process and printed papers come later. */
export function procedureFrom(said: Said): ImportedProcedure {
  const key = `p${said.code.replace('.', '-')}`
  const kind = executingKind(said.executing)
  return {
    procedureCode: said.code,
    ...{
      kind: 'public',
      publisher: 'national',
      name: said.name,
      plainName: said.name,
      plainNameEn: said.name,
    },
    ...{ synonyms: [], summary: { vi: said.name, en: said.name }, audience: audienceOf(said.subjects) },
    ...{ field: said.field, level: 'partial', partialReason: 'original-compared', subjects: said.subjects },
    executing: { kind, text: said.executing },
    receivingKinds: kind === 'commune-police' ? ['commune-police'] : ['commune-centre', 'provincial-centre'],
    ...{ sets: 1, cases: said.cases, components: said.components, steps: said.steps },
    counts: { copies: null, pages: null, persons: null, each: null },
    results: said.results.map((result) => ({ ...result, template: 'result', paperCode: result.code })),
    ...{ legalBases: said.legalBases, conditions: said.conditions, formKey: key, processKey: key },
    ...{ supplementRule: 'restart', obligationRule: 'run', parties: 'one', secondParty: null },
    ...{
      counterFlow: 'standard',
      linked: null,
      routing: [],
      statusAuthority: [],
      questions: [],
      changes: [],
    },
    ...{ eligibility: [], source: said.source, asOf: said.asOf, confidence: 'S', doubts: [] },
  } as ImportedProcedure
}

const audienceOf = (subjects: readonly string[]) => {
  const text = subjects.join(', ') || '—'
  return { vi: text, en: text }
}

export const channelNames: Record<string, Channel> = {
  ONLINE: 'online',
  POSTAL: 'post',
  DIRECT: 'direct',
  'Trực tuyến': 'online',
  'Dịch vụ bưu chính': 'post',
  'Trực tiếp': 'direct',
}

/** A fee of a record: its amount where a whole sum is stated, else left to the province with the words kept. */
export function feeFrom(
  index: number,
  {
    amount,
    words,
    kind,
    channel,
  }: { amount: number | null; words: string; kind: Fee['kind']; channel: Channel },
): Fee {
  const text = words || (amount === null ? 'Theo quy định' : `${amount} đồng`)
  return {
    ...{
      key: `${kind}-${channel}-${index + 1}`,
      name: { vi: text.slice(0, 200), en: text.slice(0, 200) },
      kind,
    },
    ...{
      amountVnd: amount,
      amountRule: null,
      per: 'dossier',
      tiers: null,
      capVndPerCopy: null,
      rule: null,
      exemption: null,
    },
    ...{
      channel,
      setBy: amount === null ? 'province' : 'national',
      basis: text.slice(0, 500),
      override: null,
    },
  }
}

/** The ordinary case from one limit for each channel; the longest is the limit of the case, others stand beside it. */
export function caseFrom(
  { code, name }: { code: string; name: string },
  limits: ReadonlyMap<Channel, Limit>,
  fees: Fee[],
): Case | undefined {
  const channels = [...limits.keys()]
  const [first] = channels
  const limit = first && limits.get(first)
  if (!limit) return undefined
  const others = [...limits].filter(([, other]) => other.amount !== limit.amount || other.unit !== limit.unit)
  return {
    ...{ code, name: { vi: name, en: name }, when: null, limit },
    channelLimits: Object.fromEntries(others),
    ...{ channels, fees },
  }
}
