import type { Dossier, HistoryItem, Task } from 'motcua/modules/dossiers'
import type { StatusFacts } from '../../src/web/portal/tracking/status-facts'
import { aParty } from './a-dossier'

const now = new Date('2026-11-20T05:30:00.000Z')

/** A step that an officer holds. */
export const task: Task = {
  no: 2,
  kind: 'step',
  stepId: 'check',
  stepKind: 'work',
  name: 'Đối chiếu, soạn Giấy khai sinh',
  role: 'specialist',
  authority: 'H99.12',
  unitKind: 'division',
  assignee: 'vinh',
  openedAt: '2026-11-20T01:20:00.000Z',
  dueAt: null,
  closedAt: null,
  closedBy: null,
  outcome: null,
  subject: null,
}

const inProgress = {
  id: 'd1',
  code: 'H99.12-261119-00042',
  state: 'in-progress',
  procedureCode: '1.001193',
  channel: 'online',
  receivedBy: 'H99.12',
  competent: 'H99.12',
  delivery: 'electronic',
  limit: { amount: 1, unit: 'working-day', cutOff: null },
  supplementRule: 'restart',
  calendarVersion: '3',
  submittedAt: '2026-11-19T13:14:00.000Z',
  intakeDueAt: '2026-11-20T10:30:00.000Z',
  acceptedAt: '2026-11-20T01:05:00.000Z',
  promisedDueAt: '2026-11-23T10:30:00.000Z',
  dueAt: '2026-11-23T10:30:00.000Z',
  decidedAt: null,
  closedAt: null,
  outcome: null,
  fees: [],
  extension: null,
  apologisedAt: null,
  apologisedUntil: null,
  otherParties: [],
  obligations: [],
  obligationRule: 'run',
  deliveries: [],
  threadAwaits: null,
  resultState: 'none',
  tasks: [task],
} as unknown as Dossier

export const submitted: HistoryItem = {
  sequence: 1,
  kind: 'dossiers.submitted',
  at: '2026-11-19T13:14:00.000Z',
  actor: { kind: 'person', id: 'p1' },
  data: {} as never,
}
export const accepted: HistoryItem = {
  sequence: 2,
  kind: 'dossiers.accepted',
  at: '2026-11-20T01:05:00.000Z',
  actor: { kind: 'officer', id: 'trang' },
  data: {} as never,
}

export interface Stated {
  dossier?: Partial<Dossier>
  history?: HistoryItem[]
  view?: Partial<StatusFacts['view']>
  facts?: Partial<StatusFacts>
}

/** What the page of one dossier in progress is drawn from. */
export function aStatus({
  dossier = {},
  history = [submitted, accepted],
  view = {},
  facts: other = {},
}: Stated = {}): StatusFacts {
  return {
    view: {
      dossier: { ...inProgress, ...dossier },
      party: aParty({ lookupSecret: 'ABCD2345' }),
      history,
      openRequest: null,
      actions: [{ command: 'withdraw', task: null }],
      explanation: [],
      papers: [],
      others: [],
      asApplicant: true,
      asParty: null,
      ...view,
    },
    procedure: 'Làm giấy khai sinh cho con',
    limit: '1 ngày làm việc',
    available: [
      { kind: 'receipt', title: 'Giấy tiếp nhận', at: accepted.at, sequence: 2, file: 'receipt-2' },
    ],
    ahead: [
      {
        stepId: 'sign',
        name: 'Ký Giấy khai sinh',
        role: 'leader',
        hours: 2,
        kind: 'decide',
        unitKind: 'leadership',
        authority: 'competent',
      },
    ],
    authorities: new Map([['H99.12', 'Ủy ban nhân dân phường Hoa Sen']]),
    officers: new Map([
      ['vinh', { name: 'Đỗ Quang Vinh', title: 'Công chức hộ tịch' }],
      ['trang', { name: 'Lê Thu Trang', title: 'Cán bộ tiếp nhận' }],
    ]),
    labels: new Map([['field:child.hometown', 'Quê quán']]),
    worked: 250,
    late: null,
    office: {
      name: 'Ủy ban nhân dân phường Hoa Sen',
      phone: '0299 3000 012',
      hours: { weekdays: [5], sessions: [['07:30', '17:30']], saturdayDesk: null },
    },
    sent: [],
    baseUrl: 'http://localhost:8026',
    ratingToken: 'token',
    now,
    ...other,
  }
}
