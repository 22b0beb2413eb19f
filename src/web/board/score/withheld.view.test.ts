import { messages } from 'motcua/kernel/i18n'
import { scoreIndex, shippedSets } from 'motcua/modules/indicators'
import { expect, test } from 'vitest'
import { readAsk } from '../read-ask'
import { compareView } from './compare.view'
import { mapView } from './map.view'
import { tableView } from './rank.view'
import { scoreView } from './score.view'
import type { ScoreFacts, UnitFacts } from './score-facts'

const set = (await shippedSets()).find(({ key }) => key === '766-2026')!
const none = { counts: {}, score: scoreIndex(set, {}, { level: 'commune' }) }
const counts = { onTime: [27, 30] as const, satisfied: [30, 30] as const }
const measured = { counts, score: scoreIndex(set, counts, { level: 'commune' }) }
const unit = (code: string, scored: typeof none | typeof measured): UnitFacts => ({
  ...{ code, name: `xã ${code}`, level: 'commune', communeCode: null, ...scored, before: none },
  dossiers: 'onTime' in scored.counts ? 30 : 0,
})
const withheld = unit('H99.16', none)
const facts = {
  ...{ set, place: withheld, units: [withheld, unit('H99.15', measured)], names: {}, kind: 'commune' },
  ...{ months: [], raises: [], changes: [], withheld: true, stats: null, doubts: [], version: 1 },
  notes: [
    { key: 'withheld', params: {} },
    { key: 'others-withheld', params: { count: 2 } },
  ],
  chosen: { stored: { set, decision: null, territory: 'VN' }, choices: [] },
  ...{ today: '2026-11-20', now: new Date('2026-11-20T07:30:00.000Z') },
} as unknown as ScoreFacts
const ask = readAsk(new URLSearchParams(), '2026-11-20', new Set())
const t = messages('vi')

test('a place whose figures are withheld shows none of them, and says why', () => {
  const view = scoreView(facts, { ask, path: '/', locale: 'vi' })
  expect(view.headline).toMatchObject({
    ...{ text: '–', instead: t('score.withheld'), change: null, ofMeasured: null },
  })
  expect(view.groups.map(({ partly }) => partly)).toEqual(Array(6).fill(null))
  expect(view.stats).toEqual({ received: '–', finished: null })
  expect(view.groups.map(({ points }) => points)).toEqual(Array(6).fill('–'))
  expect(view.notes.map(({ key }) => key)).toEqual(['moving', 'withheld', 'others-withheld', 'recount'])
})

test('doubtful dossiers are said with how many there are, each with the list of them', () => {
  const doubts = [{ doubt: 'no-due-date' as const, count: 3 }]
  const view = scoreView({ ...facts, doubts }, { ask, path: '/', locale: 'vi' })
  expect(view.doubts).toEqual([
    {
      ...{ key: 'no-due-date', name: t('doubts.kind.no-due-date'), count: '3 hồ sơ' },
      href: '/bang/chat-luong/no-due-date?co-quan=H99.16',
    },
  ])
})

test('it is in no ranking, in no comparison, and empty on the map', () => {
  const { top, few } = tableView(facts, ask, t, 'vi')
  expect([...top, ...few].map(({ code }) => code)).toEqual(['H99.15'])
  const frame = { ask, path: '/', locale: 'vi' as const, first: '', second: '' }
  expect(compareView(facts, frame).units.map(({ code }) => code)).toEqual(['H99.15'])
  expect(compareView(facts, { ...frame, first: 'H99.15', second: 'H99.16' }).names).toBeNull()
  const { rows } = mapView(facts, { ask, locale: 'vi', map: null, by: null })
  expect(rows.map(({ code, value }) => [code, value === null])).toEqual([
    ['H99.15', false],
    ['H99.16', true],
  ])
})

test('a suggestion opens what could still count, for those allowed alone', () => {
  const raise = { group: 'TDGQ', indicator: 'onTime', gain: 2, missing: 3, perOne: 0.6 }
  const key = set.groups.flatMap(({ indicators }) => indicators).find((each) => each.counts === 'onTime')!.key
  const raised = { ...facts, raises: [{ ...raise, indicator: key }] }
  const openOf = (mayOpen: boolean) =>
    scoreView(raised, { ask, path: '/', locale: 'vi', mayOpen }).raises.map(({ openHref }) => openHref)
  expect(openOf(true)).toEqual(['/bang/chi-so/onTime/chua-dat?co-quan=H99.16'])
  expect(openOf(false)).toEqual([null])
})
