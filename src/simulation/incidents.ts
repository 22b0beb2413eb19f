import { dateOfLaw } from '../kernel/time.ts'
import { addWorkingHours } from '../modules/calendar/index.ts'
import type { Acting, Dossier, Request, Task } from '../modules/dossiers/index.ts'
import type { Random } from './random.ts'
import type { Filing } from './simulate-dossier.ts'

/** Something that somebody does beside the ordinary course of a dossier. */
export interface Incident {
  at: Date
  acting: Acting
  request: Request
}

/** How often each thing happens, by act of the ordinary course. */
const likelihood = {
  ...{ question: 0.012, withdrawal: 0.003, stop: 0.0015, consultation: 0.02, visit: 0.01, siteVisit: 0.4 },
  ...{ money: 0.25, extension: 0.012, apology: 0.55, correction: 0.006, note: 0.015 },
  reassignment: 0.03,
}

/** Building permits are paid for before the work goes on, and the place is looked at. */
const building = '1.013225'
const dayMs = 86_400_000

/**
 * What happens before the next ordinary act, if anything: mostly nothing. It may be refused, as in life, and then it
 * has not happened.
 */
export function incident(
  dossier: Dossier,
  task: Task,
  { filing, last, next, random }: { filing: Filing; last: Date; next: Date; random: Random },
): Incident | undefined {
  const sooner = (share: number) => {
    const from = Math.max(Date.parse(task.openedAt), last.getTime())
    return new Date(from + Math.max(1000, (next.getTime() - from) * share))
  }
  if (isGoingToBeLate(dossier, next) && random.chance(likelihood.apology))
    return apology(dossier, filing, random)
  if (random.chance(likelihood.question)) return question(dossier, sooner(0.3), random)
  if (dossier.threadAwaits === 'officer')
    return by(filing, 'reception', random, sooner(0.6), { command: 'message', text: random.pick(answers) })
  if (random.chance(likelihood.withdrawal)) return withdrawal(dossier, sooner(0.7), random)
  if (random.chance(likelihood.note))
    return by(filing, 'specialist', random, sooner(0.5), { command: 'note', note: random.pick(notes) })
  return task.stepKind === 'work' ? atWork(dossier, task, sooner(0.4), filing, random) : undefined
}

/** A result that turns out to be wrong after it was given out; seldom. */
export function correction(dossier: Dossier, filing: Filing, random: Random): Incident | undefined {
  if (dossier.resultState !== 'valid' || !random.chance(likelihood.correction)) return undefined
  const found = addWorkingHours(filing.site.calendar, dossier.closedAt!, 4 + random.waiting(20))
  return by(filing, 'leader', random, new Date(found), {
    ...{ command: 'correctResult', fault: 'authority', draft: { note: 'Theo hồ sơ, đã sửa' } },
    reason: 'Sai một chữ trong tên đệm do lỗi nhập liệu.',
  })
}

function atWork(
  dossier: Dossier,
  task: Task,
  at: Date,
  filing: Filing,
  random: Random,
): Incident | undefined {
  const { site } = filing
  const first = dossier.consultations.length === 0 && dossier.obligations.length === 0
  const isBuilding = dossier.procedureCode === building
  const taskNo = task.no
  if (task.assignee !== null && random.chance(likelihood.reassignment))
    return reassignment(task, at, filing, random)
  if (dossier.limit.unit !== 'working-day' || !first) return undefined
  if (isBuilding && random.chance(likelihood.money))
    return byHolder(task, filing, random, at, {
      ...{ command: 'requestObligation', taskNo, key: null, name: 'Lệ phí cấp giấy phép xây dựng' },
      ...{ amountVnd: 75_000, reason: 'Theo nghị quyết về phí, lệ phí của tỉnh.' },
    })
  if (random.chance(isBuilding ? likelihood.siteVisit : likelihood.visit)) {
    const day = dateOfLaw(
      new Date(addWorkingHours(site.calendar, at.toISOString(), site.calendar.minutesPerDay / 60)),
    )
    return byHolder(task, filing, random, at, {
      ...{ command: 'planVisit', taskNo, on: `${day}T09:00:00+07:00`, place: 'Tại nơi ghi trong tờ khai' },
      reason: 'Xem hiện trạng trước khi giải quyết.',
    })
  }
  if (random.chance(likelihood.consultation)) {
    const replyBy = dateOfLaw(
      new Date(addWorkingHours(site.calendar, at.toISOString(), site.calendar.minutesPerDay / 60)),
    )
    const to = site.staff.has('head')
      ? { authority: site.authority.code, role: 'head' as const }
      : { outside: 'Công an nơi cư trú cũ' }
    return byHolder(task, filing, random, at, {
      ...{ command: 'consult', taskNo, to, question: random.pick(questions), replyBy, silence: 'none' },
      confidential: random.chance(0.1),
    })
  }
  if (random.chance(likelihood.extension))
    return by(filing, 'head', random, at, {
      command: 'extend',
      days: random.whole(1, 3),
      reason: random.pick(delays),
    })
  if (random.chance(likelihood.stop))
    return by(filing, 'head', random, at, {
      ...{ command: 'stop', reason: 'Có tranh chấp đang được tòa án giải quyết.' },
    })
  return undefined
}

// Somebody falls ill or has too much; where nobody else holds the role, nothing is moved.
function reassignment(task: Task, at: Date, filing: Filing, random: Random): Incident | undefined {
  const others = (filing.site.staff.get(task.role) ?? []).filter(({ id }) => id !== task.assignee)
  if (others.length === 0) return undefined
  return by(filing, 'head', random, at, {
    ...{ command: 'reassign', taskNo: task.no, officer: random.pick(others).id },
    reason: 'Điều chỉnh khối lượng công việc trong phòng.',
  })
}

const isGoingToBeLate = ({ dueAt, apologisedAt, state }: Dossier, next: Date): boolean =>
  state === 'in-progress' && dueAt !== null && apologisedAt === null && next.toISOString() > dueAt

// Told when it is too late to extend and still before the date, or as soon as the task came.
function apology({ dueAt }: Dossier, filing: Filing, random: Random): Incident {
  const at = new Date(Date.parse(dueAt!) - random.whole(20, 180) * 60_000)
  const newDate = dateOfLaw(new Date(Date.parse(dueAt!) + random.whole(1, 4) * dayMs))
  return by(filing, 'head', random, at, { command: 'apologise', newDate, reason: random.pick(delays) })
}

function question({ threadAwaits }: Dossier, at: Date, random: Random): Incident | undefined {
  if (threadAwaits === 'officer') return undefined
  const acting = { kind: 'applicant', id: 'simulated' } as const
  return { at, acting, request: { command: 'message', text: random.pick(asked) } }
}

function withdrawal({ state }: Dossier, at: Date, random: Random): Incident | undefined {
  if (state === 'decided') return undefined
  const acting = { kind: 'applicant', id: 'simulated' } as const
  return { at, acting, request: { command: 'withdraw', reason: random.pick(reasons) } }
}

/** Who holds the task, else somebody of its role. */
function byHolder(task: Task, filing: Filing, random: Random, at: Date, request: Request): Incident {
  const holder = filing.site.staff.get(task.role)?.find(({ id }) => id === task.assignee)
  return holder ? { at, acting: holder, request } : by(filing, task.role, random, at, request)
}

/** Somebody of a role at the place; where it has none, its leader. */
function by(filing: Filing, role: string, random: Random, at: Date, request: Request): Incident {
  const { staff } = filing.site
  const holders = staff.get(role) ?? staff.get('leader') ?? staff.get('reception')!
  return { at, acting: random.pick(holders), request }
}

const asked = [
  'Cho tôi hỏi hồ sơ đã đến bước nào rồi ạ?',
  'Tôi có thể nhờ con trai lấy kết quả thay không?',
  'Tôi ghi nhầm số nhà, có cần sửa không ạ?',
]
const answers = [
  'Hồ sơ đang được xử lý đúng tiến độ, ông/bà vui lòng xem ngày hẹn trên giấy tiếp nhận.',
  'Được, người lấy thay mang giấy ủy quyền và giấy tiếp nhận hồ sơ.',
  'Không cần sửa; cán bộ đã đối chiếu với giấy tờ.',
]
const notes = ['Đã gọi điện nhắc, người nhà nghe máy.', 'Bản chính đã đối chiếu, trả lại tại quầy.']
const questions = [
  'Đề nghị cho biết hồ sơ có vướng mắc gì trong sổ theo dõi của đơn vị không.',
  'Đề nghị xác nhận thông tin về thời gian cư trú trước đây.',
]
const delays = ['Chờ kết quả xác minh ở nơi cư trú cũ.', 'Cần kiểm tra lại hồ sơ lưu.']
const reasons = ['Tôi chưa cần dùng đến nữa.', 'Tôi nộp nhầm thủ tục, xin rút để nộp lại.']
