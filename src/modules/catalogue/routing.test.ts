import { describe, expect, test } from 'vitest'
import { procedureJson } from '../../../test/builders/packages.ts'
import { ProcedureVersion } from './procedure-version.ts'
import { RoutingRule, routeOf, StatusAuthority, statusSystem } from './routing.ts'

const text = { vi: 'Nơi cư trú', en: 'Where they live' }
const version = (...rules: object[]) => ({
  executing: { kind: 'commune' as const },
  routing: rules.map((rule) => RoutingRule.parse({ text, ...rule })),
})
const living = (who: string, communeCode: string) => ({ [`${who}.residence`]: { communeCode } })
const shipped = (code: string) => ProcedureVersion.parse(procedureJson(code))

describe('a rule of competence', () => {
  test('gives the commune and the kind of authority', () => {
    const rules = version({ territory: 'subject.residence.communeCode' })
    expect(routeOf(rules, living('subject', 'S9002'))).toMatchObject({ territory: 'S9002', kind: 'commune' })
  })

  test('may name another kind than the one that usually settles', () => {
    const rules = version({ territory: 'subject.residence.communeCode', kind: 'insurance' })
    expect(routeOf(rules, living('subject', 'S9002'))?.kind).toBe('insurance')
  })

  test('leaves the choice among several places, the usual one first, each once', () => {
    const rules = version({ territory: '[mother.residence.communeCode, father.residence.communeCode]' })
    const both = { ...living('mother', 'S9002'), ...living('father', 'S9001') }
    expect(routeOf(rules, both)?.territories).toEqual(['S9002', 'S9001'])
    expect(routeOf(rules, living('father', 'S9001'))?.territories).toEqual(['S9001'])
    expect(routeOf(rules, { ...both, ...living('father', 'S9002') })?.territories).toEqual(['S9002'])
  })

  test('the first true rule that can say a place counts', () => {
    const rules = version(
      { when: 'relation = "self"', territory: 'subject.residence.communeCode' },
      { territory: 'requester.residence.communeCode' },
    )
    const answers = { ...living('subject', 'S9001'), ...living('requester', 'S9003') }
    expect(routeOf(rules, { ...answers, relation: 'self' })?.territory).toBe('S9001')
    expect(routeOf(rules, { ...answers, relation: 'mother' })?.territory).toBe('S9003')
    expect(routeOf(rules, { relation: 'self', ...living('requester', 'S9003') })?.territory).toBe('S9003')
  })

  test('reads the day and the channel', () => {
    const rules = version(
      { when: 'channel = "online"', territory: '"S9001"' },
      { when: 'today() >= date("2027-03-01")', territory: '"S9002"' },
      { territory: null },
    )
    expect(routeOf(rules, {}, { channel: 'online', today: '2026-11-19' })?.territory).toBe('S9001')
    expect(routeOf(rules, {}, { channel: 'direct', today: '2027-03-01' })?.territory).toBe('S9002')
    expect(routeOf(rules, {}, { channel: 'direct', today: '2026-11-19' })).toMatchObject({
      territory: null,
      territories: [],
    })
  })

  test.each([
    ['nothing', 'nowhere.at.all'],
    ['a number', '7'],
    ['an address instead of a code', 'subject.residence'],
    ['what cannot be computed', '1 / 0'],
  ])('that gives %s says nothing', (_what, territory) => {
    expect(routeOf(version({ territory }), living('subject', 'S9002'))).toBeNull()
  })

  test('that runs on and on says nothing', () => {
    const long = 'some a in l satisfies some b in l satisfies a + b < 0'
    const l = Array.from({ length: 1000 }, (_, i) => i)
    expect(routeOf(version({ when: long, territory: '"S9001"' }), { l })).toBeNull()
    expect(routeOf(version({ territory: `if ${long} then "S9001" else null` }), { l })).toBeNull()
  })

  test('is refused when it is no FEEL, or of an unknown kind', () => {
    expect(RoutingRule.safeParse({ territory: 'a = = b', text }).success).toBe(false)
    expect(RoutingRule.safeParse({ territory: '"S9001"', kind: 'embassy', text }).success).toBe(false)
    expect(RoutingRule.safeParse({ territory: '"S9001"', text: { vi: '', en: 'x' } }).success).toBe(false)
  })
})

describe('the rules of the shipped procedures', () => {
  test.each([
    ['1.001193', { 'requester.relation': 'father', ...living('mother', 'S9002') }, 'S9002'],
    ['1.000656', { 'deceased.lastResidence': { communeCode: 'S9003' } }, 'S9003'],
    ['1.000656', { 'death.place': { communeCode: 'S9001' } }, 'S9001'],
    ['1.000894', living('husband', 'S9002'), 'S9002'],
    ['1.004873', living('subject', 'S9002'), 'S9002'],
    ['1.004884', living('requester', 'S9002'), 'S9002'],
    ['1.013225', { 'plot.address': { communeCode: 'S9003' } }, 'S9003'],
    ['1.014028', living('deceased', 'S9001'), 'S9001'],
    ['1.004194', { 'content.address': { communeCode: 'S9002' } }, 'S9002'],
  ])('%s follows the place that the law names', (code, answers, territory) => {
    expect(routeOf(shipped(code), answers)?.territory).toBe(territory)
  })

  test('a birth registered again where it was registered before follows no residence', () => {
    const agency = { code: 'H99.12' }
    const answers = {
      ...living('requester', 'S9002'),
      receivingAgency: agency,
      'previous.agency': agency,
    }
    expect(routeOf(shipped('1.004884'), answers)).toBeNull()
  })

  test.each(['2.000635', '2.000815'])('%s is settled wherever people ask for it', (code) => {
    expect(shipped(code).routing).toEqual([])
  })
})

describe('whose system says the status', () => {
  const partner = StatusAuthority.parse({
    stage: 'processing',
    system: 'moc-building',
    source: 'QĐ 1/QĐ-BXD',
  })

  test('ours where nothing is stated, else the one stated for the stage', () => {
    expect(statusSystem({ statusAuthority: [] }, 'processing')).toBe('own')
    expect(statusSystem({ statusAuthority: [partner] }, 'processing')).toBe('moc-building')
    expect(statusSystem({ statusAuthority: [partner] }, 'result')).toBe('own')
  })

  test('is one system a stage', () => {
    const twice = { ...shipped('1.013225'), statusAuthority: [partner, { ...partner, system: 'own' }] }
    expect(ProcedureVersion.safeParse(twice).error?.issues[0]?.message).toContain('two authorities of status')
  })

  test('every shipped procedure leaves all of its stages to us', () => {
    expect(shipped('1.013225').statusAuthority).toEqual([])
  })
})
