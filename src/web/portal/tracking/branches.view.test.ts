import { ProcedureVersion } from 'motcua/modules/catalogue'
import type { Branch } from 'motcua/modules/dossiers'
import { describe, expect, test } from 'vitest'
import { procedureJson } from '../../../../test/builders/packages'
import { type BranchDossier, type BranchLine, branchesView, type GroupFacts, stagesOf } from './branches.view'

const group = ProcedureVersion.parse(procedureJson('3.000722'))
const plan = group.linked!.branches
const names = new Map([
  ['1.001193', 'Làm giấy khai sinh cho con'],
  ['1.004222', 'Nhập hộ khẩu'],
  ['1.001939', 'Thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi'],
  ['1.014062', 'Làm căn cước cho trẻ em'],
])
const now = new Date('2026-11-24T02:00:00Z')

function aBranch(key: string, changes: Partial<Branch> = {}): Branch {
  const { procedureCode } = plan.find((each) => each.key === key)!
  const begun = changes.state !== undefined && changes.state !== 'waiting' && changes.state !== 'not-started'
  return {
    ...{ key, procedureCode, name: names.get(procedureCode)!, state: 'waiting', competent: 'H99.12' },
    ...{ dossierId: null, code: begun ? `H99-${key}` : null, dueAt: null, endedAt: null, reason: null },
    ...changes,
  }
}

function aDossier(
  changes: Partial<BranchDossier['dossier']> = {},
  more: Partial<BranchDossier> = {},
): BranchDossier {
  const dossier: BranchDossier['dossier'] = {
    ...{ code: 'H99-x', state: 'in-progress', outcome: null, resultState: 'none', dueAt: null },
    ...{ delivery: 'electronic', threadAwaits: null },
    ...changes,
  }
  return { dossier, openRequest: null, history: [], available: [], ...more }
}

function view(
  branches: Branch[],
  dossiers: Record<string, BranchDossier> = {},
  changes: Partial<GroupFacts> = {},
) {
  const facts: GroupFacts = {
    ...{ plan, branches, names, dossiers: new Map(Object.entries(dossiers)), accepted: true, now },
    authorities: new Map([['H99.12', 'Ủy ban nhân dân phường Hoa Sen']]),
    ...{ speaksForApplicant: true, office: 'Một cửa phường Hoa Sen', ...changes },
  }
  return branchesView(facts, 'vi')
}

const all = plan.map(({ key }) => aBranch(key))
const lineIn = (seen: ReturnType<typeof branchesView>, key: string): BranchLine =>
  seen.stages.flatMap(({ branches }) => branches).find((line) => line.key === key)!
const granted = (key: string) => aBranch(key, { state: 'granted', endedAt: '2026-11-20T08:00:00Z' })

describe('the order', () => {
  test('is that of the plan: the birth first, everything else at the same time', () => {
    const { stages } = view(all)
    expect(stages.map(({ branches }) => branches.map(({ key }) => key))).toEqual([
      ['birth'],
      ['residence', 'insurance', 'identity-card'],
    ])
    expect(stages.map(({ title }) => title)).toEqual([
      'Làm trước',
      'Khi xong “Làm giấy khai sinh cho con” thì làm cùng lúc',
    ])
  })

  test('goes over as many turns as the plan has, and around what nobody asked for', () => {
    const chain = [
      { key: 'a', after: [] },
      { key: 'b', after: ['a'] },
      { key: 'c', after: ['b'] },
      { key: 'd', after: ['a', 'c'] },
    ]
    expect(stagesOf(chain, chain)).toEqual([['a'], ['b'], ['c'], ['d']])
    expect(stagesOf(chain, [{ key: 'a' }, { key: 'c' }, { key: 'd' }])).toEqual([['a', 'c'], ['d']])
  })
})

describe('a part', () => {
  test('that waits says what for, and that nothing has to be filed', () => {
    const seen = view(all)
    expect(lineIn(seen, 'birth').lines).toEqual(['Bắt đầu khi hồ sơ được tiếp nhận.'])
    expect(lineIn(seen, 'insurance')).toMatchObject({
      tag: { state: 'waiting', text: 'Chưa đến lượt' },
      lines: ['Tự bắt đầu, anh/chị không phải nộp gì thêm.'],
      links: [],
    })
  })

  test('that is being done says by whom and until when, and owns up when it is late', () => {
    const due = (dueAt: string) => lineIn(view([aBranch('birth', { state: 'running', dueAt })]), 'birth')
    expect(due('2026-11-25T10:00:00Z')).toMatchObject({
      place: 'Ủy ban nhân dân phường Hoa Sen',
      tag: { state: 'info', text: 'Đang làm' },
      lines: ['Hẹn xong: thứ Tư 25/11/2026.'],
      links: [{ href: '/ho-so/H99-birth', label: 'Xem chi tiết việc này' }],
    })
    expect(due('2026-11-23T10:00:00Z')).toMatchObject({
      tag: { state: 'bad', text: 'Quá ngày hẹn' },
      lines: ['Hẹn xong thứ Hai 23/11/2026, cơ quan đang trễ và phải xin lỗi anh/chị.'],
    })
  })

  test('that waits for the people says what is needed and leads there', () => {
    const asked = aDossier(
      { code: 'H99.10.01-1', state: 'awaiting-supplement' },
      { openRequest: { items: [{ target: null, text: 'Ảnh giấy tờ nhà' }], reason: null } },
    )
    const seen = view([granted('birth'), aBranch('residence', { state: 'paused' })], { residence: asked })
    expect(lineIn(seen, 'residence')).toMatchObject({
      tag: { state: 'warn', text: 'Cần bổ sung' },
      lines: ['Ngày hẹn có lại khi anh/chị bổ sung xong.'],
      ask: {
        items: ['Ảnh giấy tờ nhà'],
        link: { href: '/ho-so/H99.10.01-1/bo-sung', label: 'Bổ sung cho việc này' },
      },
    })
    expect(seen.asks).toBe(1)
  })

  test('asks nothing of a reader who does not speak for the applicant', () => {
    const asked = aDossier({ state: 'awaiting-supplement' })
    const seen = view(
      [aBranch('birth', { state: 'paused' })],
      { birth: asked },
      { speaksForApplicant: false },
    )
    expect(lineIn(seen, 'birth').ask).toBe(null)
    expect(seen.asks).toBe(0)
  })

  test.each([
    ['awaiting-obligation', null, 'Cần nộp tiền', 'Xem khoản phải nộp', 'paused'],
    ['in-progress', 'applicant', 'Cơ quan hỏi, chờ trả lời', 'Trả lời cơ quan', 'running'],
  ] as const)('that waits in another way (%s, %s) says so', (state, threadAwaits, tag, label, branch) => {
    const seen = view([aBranch('birth', { state: branch })], { birth: aDossier({ state, threadAwaits }) })
    expect(lineIn(seen, 'birth').tag.text).toBe(tag)
    expect(lineIn(seen, 'birth').ask?.link.label).toBe(label)
  })

  test('that is granted opens its result', () => {
    const done = aDossier(
      { code: 'H99.12-1', state: 'returned', outcome: 'granted' },
      {
        available: [
          {
            kind: 'result',
            title: 'Giấy khai sinh',
            at: '2026-11-20T08:00:00Z',
            sequence: 7,
            file: 'result-7',
          },
        ],
      },
    )
    const seen = view([granted('birth'), ...all.slice(1)], { birth: done })
    expect(lineIn(seen, 'birth')).toMatchObject({
      tag: { state: 'ok', text: 'Đã có kết quả' },
      lines: ['Xong thứ Sáu 20/11/2026.'],
      papers: [{ href: '/giay/H99.12-1/result-7.pdf' }],
    })
    expect(seen).toMatchObject({ done: 1, total: 4 })
  })

  test('that is refused says why, that the rest stands, and how to ask again', () => {
    const refused = aDossier(
      { state: 'decided', outcome: 'not-granted' },
      { history: [{ kind: 'dossiers.declined', text: 'Chỗ ở chưa hợp pháp' }] },
    )
    const branch = aBranch('residence', { state: 'refused', endedAt: '2026-11-23T08:00:00Z' })
    expect(lineIn(view([granted('birth'), branch], { residence: refused }), 'residence')).toMatchObject({
      tag: { state: 'warn', text: 'Không giải quyết được' },
      lines: [
        'Cơ quan trả lời thứ Hai 23/11/2026.',
        'Lý do: Chỗ ở chưa hợp pháp',
        'Các kết quả khác vẫn có giá trị.',
        'Một cửa phường Hoa Sen sẽ gọi để hướng dẫn anh/chị.',
      ],
      links: [
        { href: '/ho-so/H99-residence' },
        { href: '/thu-tuc/1.004222', label: 'Nộp lại riêng việc này' },
      ],
    })
  })

  test('that never began says which part kept it from beginning', () => {
    const dependent = aBranch('insurance', { state: 'not-started', reason: 'depends-on-refused' })
    const { lines, tag } = lineIn(view([aBranch('birth', { state: 'refused' }), dependent]), 'insurance')
    expect(tag.text).toBe('Không làm được')
    expect(lines[0]).toBe(
      'Việc này cần kết quả của “Làm giấy khai sinh cho con” mà việc đó không có kết quả.',
    )
  })

  test('that ended with the filing is not to be filed again from here', () => {
    const over = aBranch('insurance', { state: 'not-started', reason: 'filing-ended' })
    const { lines, links } = lineIn(view([over]), 'insurance')
    expect(lines).toEqual(['Hồ sơ đã kết thúc trước khi đến việc này.'])
    expect(links).toEqual([])
  })

  test.each([
    ['revoked', 'Kết quả bị thu hồi'],
    ['withdrawn', 'Đã rút'],
    ['stopped', 'Dừng giải quyết'],
  ] as const)('that ended because it was %s says so', (reason, text) => {
    expect(lineIn(view([aBranch('birth', { state: 'ended', reason })]), 'birth').tag.text).toBe(text)
  })
})
