import type { Gives } from '../rule-table/rule-table.view'

/** What the editor of a procedure offers, as data: one table for the page, its labels and the places of problems. */
export type FieldSpec = { key: string; nullable?: boolean; hint?: true } & (
  | { is: 'text' | 'long' | 'day' | 'code' | 'number' | 'money' | 'bool' | 'words' | 'lines' | 'time' }
  | { is: 'flags'; options: OptionSet }
  /** `absent`: what is not chosen is left out. */
  | { is: 'choice'; options: OptionSet; absent?: true }
  /** A question of the form, of one of these types. */
  | { is: 'answer'; types: readonly string[] }
  /** A name and what is said of it a line: `name = text`. */
  | { is: 'record' }
  /** A condition; `reads` says whose answers: those of the form, or of the questions before sign-in. */
  | { is: 'rule'; reads?: 'eligibility' }
  /** An expression that gives a value, as a table; `types` of the answers that it may be. */
  | { is: 'value'; gives: Gives; types?: readonly string[] }
  | { is: 'object'; fields: readonly FieldSpec[]; fresh: unknown }
  /** One object a name, such as a limit a channel. */
  | { is: 'named'; names: OptionSet; fields: readonly FieldSpec[]; fresh: unknown }
  | { is: 'list'; fields: readonly FieldSpec[]; fresh: unknown; title: readonly string[]; emptyIsNull?: true }
)

/** Choices with their words under `procedureEditor.option.<set>`. */
export const optionSets = {
  kind: ['public', 'internal'],
  publisher: ['national', 'province'],
  channel: ['online', 'direct', 'post'],
  unit: ['working-day', 'day', 'working-hour', 'same-day'],
  feeKind: ['fee', 'charge'],
  per: ['dossier', 'copy', 'page', 'person'],
  mode: ['submit', 'show', 'lookup', 'note'],
  register: ['POP', 'CIV', 'RES', 'HEALTH', 'LAND', 'BIZ', 'INS', 'POV', 'DRV', 'CON', 'VLT'],
  executing: [
    ...['commune', 'department', 'office', 'commune-police', 'provincial-police'],
    ...['land-registry', 'insurance', 'tax'],
  ],
  receiving: ['commune-centre', 'provincial-centre', 'commune-police'],
  level: ['full', 'partial'],
  partialReason: ['presence-required', 'original-compared', 'site-inspection'],
  supplementRule: ['restart', 'subtract'],
  obligationRule: ['run', 'pause'],
  parties: ['one', 'two'],
  counterFlow: ['standard', 'while-you-wait'],
  questionType: ['choice', 'yes-no', 'number', 'date'],
  confidence: ['C', 'S', 'R', 'U'],
  authorityKind: [
    ...['province', 'provincial-centre', 'office', 'department', 'commune', 'commune-centre'],
    ...['provincial-police', 'commune-police', 'land-registry', 'insurance', 'tax'],
  ],
  stage: ['intake', 'processing', 'result'],
  role: ['reception', 'specialist', 'head', 'leader', 'clerk'],
} as const
export type OptionSet = keyof typeof optionSets

const both = { vi: '', en: '' }

const limit: readonly FieldSpec[] = [
  { key: 'amount', is: 'number' },
  { key: 'unit', is: 'choice', options: 'unit' },
  { key: 'cutOff', is: 'time', nullable: true, hint: true },
  { key: 'raw', is: 'text', hint: true },
  {
    ...{ key: 'addition', is: 'object', nullable: true, hint: true },
    fields: [
      { key: 'days', is: 'number' },
      { key: 'reason', is: 'text' },
      { key: 'communes', is: 'lines', hint: true },
    ],
    fresh: { days: 1, reason: '', communes: [] },
  },
]
const freshLimit = { amount: 3, unit: 'working-day', cutOff: null, raw: '', addition: null }

const fee: readonly FieldSpec[] = [
  { key: 'name', is: 'words' },
  { key: 'kind', is: 'choice', options: 'feeKind' },
  { key: 'setBy', is: 'choice', options: 'publisher' },
  { key: 'amountVnd', is: 'money', nullable: true, hint: true },
  { key: 'per', is: 'choice', options: 'per' },
  { key: 'amountRule', is: 'value', gives: 'money', nullable: true },
  {
    ...{ key: 'tiers', is: 'list', nullable: true, emptyIsNull: true, title: ['from'] },
    fields: [
      { key: 'from', is: 'number' },
      { key: 'amountVnd', is: 'money' },
    ],
    fresh: { from: 1, amountVnd: 0 },
  },
  { key: 'capVndPerCopy', is: 'money', nullable: true },
  { key: 'channel', is: 'choice', options: 'channel', nullable: true },
  { key: 'rule', is: 'rule', nullable: true },
  {
    ...{ key: 'exemption', is: 'object', nullable: true },
    fields: [
      { key: 'text', is: 'words' },
      { key: 'when', is: 'rule' },
    ],
    fresh: { when: '', text: both },
  },
  { key: 'basis', is: 'text' },
  { key: 'key', is: 'code', hint: true },
]

const freshFee = {
  ...{
    key: '',
    name: both,
    kind: 'fee',
    amountVnd: null,
    amountRule: null,
    per: 'dossier',
    tiers: null,
    capVndPerCopy: null,
  },
  ...{ rule: null, exemption: null, channel: null, setBy: 'province', basis: '', override: null },
}

const cases: FieldSpec = {
  ...{ key: 'cases', is: 'list', title: ['name.vi', 'code'] },
  fields: [
    { key: 'name', is: 'words' },
    { key: 'code', is: 'code' },
    { key: 'when', is: 'rule', nullable: true, hint: true },
    { key: 'channels', is: 'flags', options: 'channel' },
    { key: 'limit', is: 'object', fields: limit, fresh: freshLimit },
    { key: 'channelLimits', is: 'named', names: 'channel', fields: limit, fresh: freshLimit, hint: true },
    { key: 'fees', is: 'list', fields: fee, fresh: freshFee, title: ['name.vi', 'key'] },
  ],
  fresh: {
    ...{ code: '', name: both, when: '', limit: freshLimit, channelLimits: {} },
    ...{ channels: ['online', 'direct', 'post'], fees: [] },
  },
}

const components: FieldSpec = {
  ...{ key: 'components', is: 'list', title: ['name', 'key'] },
  fields: [
    { key: 'name', is: 'long' },
    { key: 'nameEn', is: 'long' },
    { key: 'mode', is: 'choice', options: 'mode' },
    { key: 'original', is: 'number' },
    { key: 'copies', is: 'number' },
    { key: 'required', is: 'bool' },
    { key: 'code', is: 'code', nullable: true, hint: true },
    { key: 'replacedBy', is: 'choice', options: 'register', nullable: true },
    { key: 'condition', is: 'rule', nullable: true },
    { key: 'lookedUpWhen', is: 'rule', nullable: true },
    { key: 'group', is: 'text', nullable: true, hint: true },
    { key: 'declaration', is: 'bool' },
    { key: 'help', is: 'words', nullable: true },
    { key: 'key', is: 'code', hint: true },
  ],
  fresh: {
    ...{ key: '', name: '', nameEn: '', code: null, original: 1, copies: 0, mode: 'submit', required: true },
    ...{ condition: null, replacedBy: null, lookedUpWhen: null, group: null, declaration: false, help: null },
  },
}

const eligibility: FieldSpec = {
  ...{ key: 'eligibility', is: 'list', title: ['question.vi', 'key'], hint: true },
  fields: [
    { key: 'question', is: 'words' },
    { key: 'help', is: 'words', nullable: true },
    { key: 'type', is: 'choice', options: 'questionType' },
    {
      ...{ key: 'options', is: 'list', title: ['label.vi', 'value'] },
      fields: [
        { key: 'label', is: 'words' },
        { key: 'value', is: 'code' },
      ],
      fresh: { value: '', label: both },
    },
    { key: 'when', is: 'rule', reads: 'eligibility', nullable: true },
    {
      ...{ key: 'stop', is: 'object', nullable: true },
      fields: [
        { key: 'when', is: 'rule', reads: 'eligibility' },
        { key: 'text', is: 'words' },
        { key: 'instead', is: 'words', nullable: true },
        { key: 'procedureCode', is: 'code', nullable: true },
      ],
      fresh: { when: '', text: both, instead: null, procedureCode: null },
    },
    { key: 'key', is: 'code', hint: true },
  ],
  fresh: { key: '', question: both, help: null, type: 'yes-no', options: [], when: null, stop: null },
}

const routing: FieldSpec = {
  ...{ key: 'routing', is: 'list', title: ['text.vi'], hint: true },
  fields: [
    { key: 'text', is: 'words' },
    { key: 'when', is: 'rule', nullable: true },
    { key: 'territory', is: 'value', gives: 'place', nullable: true, hint: true },
    { key: 'kind', is: 'choice', options: 'authorityKind', nullable: true, absent: true, hint: true },
    { key: 'binding', is: 'bool' },
  ],
  fresh: { when: null, territory: null, kind: undefined, binding: false, text: both },
}

const figures = ['int', 'number', 'copies']

const counts: FieldSpec = {
  ...{ key: 'counts', is: 'object', hint: true },
  fields: [
    { key: 'copies', is: 'answer', types: figures, nullable: true },
    { key: 'pages', is: 'answer', types: figures, nullable: true },
    { key: 'persons', is: 'answer', types: figures, nullable: true },
    { key: 'each', is: 'answer', types: ['list'], nullable: true, hint: true },
  ],
  fresh: { copies: null, pages: null, persons: null, each: null },
}

const statusAuthority: FieldSpec = {
  ...{ key: 'statusAuthority', is: 'list', title: ['system'], hint: true },
  fields: [
    { key: 'stage', is: 'choice', options: 'stage' },
    { key: 'system', is: 'code', hint: true },
    { key: 'source', is: 'text' },
  ],
  fresh: { stage: 'processing', system: '', source: '' },
}

const doubts: FieldSpec = {
  ...{ key: 'doubts', is: 'list', title: ['note', 'field'], hint: true },
  fields: [
    { key: 'note', is: 'text' },
    { key: 'confidence', is: 'choice', options: 'confidence' },
    { key: 'field', is: 'code', hint: true },
  ],
  fresh: { field: '', confidence: 'U', note: '' },
}

const linked: FieldSpec = {
  ...{ key: 'linked', is: 'object', nullable: true, hint: true },
  fields: [
    {
      ...{ key: 'branches', is: 'list', title: ['key', 'procedureCode'] },
      fields: [
        { key: 'procedureCode', is: 'code' },
        { key: 'key', is: 'code', hint: true },
        { key: 'lead', is: 'bool' },
        { key: 'after', is: 'lines', hint: true },
        { key: 'when', is: 'rule', nullable: true },
        {
          ...{ key: 'limit', is: 'object', nullable: true, hint: true },
          ...{ fields: limit, fresh: freshLimit },
        },
        { key: 'answers', is: 'record', hint: true },
        { key: 'papers', is: 'record', hint: true },
        {
          ...{ key: 'compensation', is: 'object', nullable: true },
          fields: [
            { key: 'text', is: 'words' },
            { key: 'role', is: 'choice', options: 'role' },
          ],
          fresh: { text: both, role: 'reception' },
        },
      ],
      fresh: {
        ...{ key: '', procedureCode: '', after: [], when: null, answers: {}, papers: {} },
        ...{ limit: null, lead: false, compensation: null },
      },
    },
  ],
  fresh: { branches: [] },
}

export interface SectionSpec {
  id: string
  /** Rarely written: folded away until it is opened or has something to mend. */
  rare?: true
  /** Parts of Decree 63/2010/NĐ-CP Article 8.2 that stand here. */
  mandatory: readonly string[]
  fields: readonly FieldSpec[]
}

/** The seven mandatory parts first, then what the law wants where it applies, then how it is run. */
export const sections: readonly SectionSpec[] = [
  {
    id: 'name',
    mandatory: ['name'],
    fields: [
      { key: 'name', is: 'long' },
      { key: 'plainName', is: 'text', hint: true },
      { key: 'plainNameEn', is: 'text' },
      { key: 'synonyms', is: 'lines', hint: true },
      {
        ...{ key: 'field', is: 'object', fresh: { code: null, name: '' } },
        fields: [
          { key: 'name', is: 'text' },
          { key: 'code', is: 'code', nullable: true },
        ],
      },
      { key: 'summary', is: 'words', hint: true },
    ],
  },
  {
    id: 'steps',
    mandatory: ['steps'],
    fields: [
      {
        ...{ key: 'steps', is: 'list', title: ['name'], fresh: { name: '', text: '' } },
        fields: [
          { key: 'name', is: 'text' },
          { key: 'text', is: 'long' },
        ],
      },
    ],
  },
  { id: 'cases', mandatory: ['channels', 'limit'], fields: [cases, counts] },
  { id: 'components', mandatory: ['components'], fields: [{ key: 'sets', is: 'number' }, components] },
  {
    id: 'subjects',
    mandatory: ['subjects'],
    fields: [
      { key: 'subjects', is: 'lines', hint: true },
      { key: 'audience', is: 'words', hint: true },
    ],
  },
  {
    id: 'executing',
    mandatory: ['executing'],
    fields: [
      {
        ...{ key: 'executing', is: 'object', fresh: { kind: 'commune', text: '' } },
        fields: [
          { key: 'text', is: 'text' },
          { key: 'kind', is: 'choice', options: 'executing' },
        ],
      },
      { key: 'receivingKinds', is: 'flags', options: 'receiving' },
      routing,
    ],
  },
  {
    id: 'results',
    mandatory: [],
    fields: [
      {
        ...{ key: 'results', is: 'list', title: ['name'] },
        fields: [
          { key: 'name', is: 'text' },
          { key: 'paperCode', is: 'code', nullable: true },
          { key: 'template', is: 'code', hint: true },
          { key: 'code', is: 'code', nullable: true },
        ],
        fresh: { code: null, name: '', template: 'result', paperCode: null },
      },
    ],
  },
  {
    id: 'basis',
    mandatory: [],
    fields: [
      { key: 'conditions', is: 'long', nullable: true },
      {
        ...{ key: 'legalBases', is: 'list', title: ['number'], fresh: { number: '', title: '' } },
        fields: [
          { key: 'number', is: 'text' },
          { key: 'title', is: 'text' },
        ],
      },
    ],
  },
  {
    id: 'running',
    mandatory: [],
    fields: [
      { key: 'level', is: 'choice', options: 'level' },
      { key: 'partialReason', is: 'choice', options: 'partialReason', nullable: true },
      { key: 'supplementRule', is: 'choice', options: 'supplementRule' },
      { key: 'obligationRule', is: 'choice', options: 'obligationRule' },
      { key: 'counterFlow', is: 'choice', options: 'counterFlow' },
      { key: 'parties', is: 'choice', options: 'parties' },
      {
        ...{ key: 'secondParty', is: 'object', nullable: true },
        fields: [
          { key: 'name', is: 'value', gives: 'answer', types: ['name', 'text'] },
          { key: 'personalId', is: 'value', gives: 'answer', types: ['id12', 'identity-paper', 'text'] },
          { key: 'phone', is: 'value', gives: 'answer', types: ['phone', 'text'], nullable: true },
        ],
        fresh: { name: '', personalId: '', phone: null },
      },
      { key: 'kind', is: 'choice', options: 'kind' },
      { key: 'publisher', is: 'choice', options: 'publisher' },
    ],
  },
  { id: 'eligibility', mandatory: [], fields: [eligibility] },
  {
    id: 'news',
    mandatory: [],
    fields: [
      {
        ...{
          key: 'changes',
          is: 'list',
          title: ['text.vi', 'on'],
          fresh: { on: '', text: both },
          hint: true,
        },
        fields: [
          { key: 'on', is: 'day' },
          { key: 'text', is: 'words' },
        ],
      },
      {
        ...{ key: 'questions', is: 'list', title: ['question.vi'], fresh: { question: both, answer: both } },
        fields: [
          { key: 'question', is: 'words' },
          { key: 'answer', is: 'words' },
        ],
      },
    ],
  },
  {
    id: 'source',
    mandatory: [],
    fields: [
      { key: 'source', is: 'text' },
      { key: 'asOf', is: 'day' },
      { key: 'confidence', is: 'choice', options: 'confidence' },
      doubts,
    ],
  },
  { id: 'advanced', mandatory: [], rare: true, fields: [linked, statusAuthority] },
]
