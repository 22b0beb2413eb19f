import { describe, expect, test } from 'vitest'
import type { Counts, GroupKey, Level, Ratio } from './figures.ts'
import { bandOf, scoreIndex } from './score-index.ts'
import { shippedSet } from './shipped.ts'

/** Figures that the national portal and provinces published, each to be found again from its counts. */
const set = await shippedSet('index-sets/766-2026.json')
const score = (counts: Counts, level: Level = 'province') => scoreIndex(set, counts, { level })
const pointsOf = (counts: Counts, level?: Level) =>
  Object.fromEntries(
    Object.entries(score(counts, level).indicators)
      .filter(([, { missing }]) => !missing)
      .map(([key, { points }]) => [key, points]),
  )
const group = (key: GroupKey, counts: Counts, level?: Level) => score(counts, level).groups[key]?.points

const provinces: [string, ...number[]][] = [
  ['Đồng Tháp', 11.45, 17.72, 8.83, 6.22, 14.45, 9.65, 68.32],
  ['Đồng Nai', 12.31, 16.21, 9.27, 7.18, 13.01, 9.57, 67.55],
  ['Quảng Ninh', 11.41, 17.35, 8.76, 6.2, 12.4, 9.53, 65.65],
  ['Tây Ninh', 10.83, 16.43, 8.63, 6.38, 11.28, 11.73, 65.28],
  ['Tuyên Quang', 11.16, 18.64, 7.68, 6.12, 12.23, 9.32, 65.15],
  ['Huế', 13.22, 17.4, 8.72, 5.84, 11.27, 8.4, 64.85],
  ['Lai Châu', 13.95, 18.81, 8.6, 5.91, 6.0, 9.66, 62.93],
  ['Lâm Đồng', 8.0, 16.74, 9.94, 6.86, 11.43, 9.82, 62.79],
  ['TP. Hồ Chí Minh', 8.0, 17.81, 9.65, 7.06, 10.14, 9.95, 62.61],
  ['Phú Thọ', 7.96, 17.63, 9.09, 6.58, 11.79, 9.55, 62.6],
  ['Vĩnh Long', 12.09, 16.41, 9.03, 6.58, 8.28, 9.44, 61.83],
  ['Lào Cai', 8.0, 18.57, 8.46, 6.14, 11.29, 9.06, 61.52],
  ['Cần Thơ', 11.83, 16.5, 6.97, 6.43, 10.64, 9.07, 61.44],
  ['Cao Bằng', 11.74, 18.26, 8.5, 5.39, 8.74, 8.79, 61.42],
  ['Sơn La', 8.0, 17.42, 7.69, 6.23, 11.41, 9.8, 60.55],
  ['Ninh Bình', 8.0, 19.12, 8.91, 6.73, 7.2, 10.55, 60.51],
  ['Điện Biên', 8.02, 18.8, 6.46, 6.16, 10.5, 10.07, 60.01],
  ['Thanh Hóa', 8.52, 17.84, 7.71, 6.03, 11.71, 7.94, 59.75],
  ['Đà Nẵng', 9.21, 17.91, 8.81, 6.51, 6.85, 9.58, 58.87],
  ['Bắc Ninh', 8.77, 15.69, 9.13, 5.98, 10.44, 8.84, 58.85],
  ['Quảng Ngãi', 8.0, 16.17, 8.73, 5.99, 9.78, 8.69, 57.36],
  ['Hà Tĩnh', 8.76, 16.91, 8.69, 6.01, 8.31, 8.26, 56.94],
  ['Khánh Hòa', 6.0, 16.48, 6.91, 6.14, 7.72, 9.23, 52.48],
]

/** Counts that give exactly these points: hundredths of the maximum over the maximum. */
function countsOf([, ckmb, tdgq, clgq, tttt, mdhl, mdsh]: [string, ...number[]]): Counts {
  const at = (points: number, max: number): Ratio => [Math.round(points * 100), max * 100]
  const most = (points: number, max: number) => Math.min(points, max)
  const rest = (points: number, max: number) => Math.max(0, Math.round((points - max) * 100) / 100)
  // Where 80 % earns full marks, half of the points take 40 %.
  const capped = (points: number, max: number, percent: number): Ratio => [
    Math.round(points * 100) * percent,
    max * 100 * 100,
  ]
  const split = (points: number, sizes: number[]) =>
    sizes.reduce(
      ({ left, parts }, size) => ({ left: rest(left, size), parts: [...parts, most(left, size)] }),
      { left: points, parts: [] as number[] },
    ).parts
  const [c1, c2, c3, c4] = split(ckmb!, [6, 4, 2, 6])
  const [o1, o2, o3] = split(clgq!, [2, 4, 6])
  const [p1, p2, p3] = split(tttt!, [6, 2, 2])
  const [h1, h2, h3] = split(mdhl!, [6, 6, 6])
  const [d1, d2, d3, d5, d6, d7] = split(mdsh! - 2, [6, 4, 2, 4, 2, 2])
  return {
    publishedOnTime: at(c1!, 6),
    updatedOnTime: at(c2!, 4),
    fullContent: at(c3!, 2),
    synced: at(c4!, 6),
    onTime: at(tdgq!, 20),
    onlineServices: capped(o1!, 2, 80),
    servicesWithDossiers: at(o2!, 4),
    onlineDossiers: capped(o3!, 6, 50),
    paidOnline: at(p1!, 6),
    feeProceduresPaidOnline: capped(p2!, 2, 80),
    feeProceduresProvided: capped(p3!, 2, 80),
    electronicResults: at(d1!, 6),
    digitised: at(d2!, 4),
    reused: capped(d3!, 2, 80),
    certifiedCopies: true,
    vaultShared: at(d5!, 4),
    populationData: at(d6!, 2),
    populationConnected: at(d7!, 2),
    satisfied: capped(h1!, 6, 90),
    petitionsOnTime: at(h2!, 6),
    petitionsSatisfied: at(h3!, 6),
  }
}

describe('thirty-four provinces on 17/09/2026', () => {
  test.each(provinces)('%s: groups add up to the total, which is average', (...row) => {
    const { groups, total, band } = score(countsOf(row))
    const [, ckmb, tdgq, clgq, tttt, mdhl, mdsh, published] = row
    expect(Object.values(groups).map((each) => each?.points)).toEqual([ckmb, tdgq, clgq, tttt, mdsh, mdhl])
    expect(total).toBe(published)
    expect(band).toBe('average')
  })

  test('the order of totals is the order of ranks', () => {
    const totals = provinces.map((row) => score(countsOf(row)).total)
    expect(totals).toEqual(totals.toSorted((a, b) => b - a))
  })

  test.each([
    [100, 'excellent'],
    [90.96, 'excellent'],
    [90.44, 'excellent'],
    [90, 'excellent'],
    [89.99, 'good'],
    [83.61, 'good'],
    [82.8, 'good'],
    [80.1, 'good'],
    [80, 'good'],
    [79.99, 'fair'],
    [73.01, 'fair'],
    [70, 'fair'],
    [69.99, 'average'],
    [60.56, 'average'],
    [62.74, 'average'],
    [50, 'average'],
    [49.99, 'weak'],
    [0, 'weak'],
  ])('a total of %d is %s', (total, band) => {
    expect(bandOf(set, total)).toBe(band)
  })
})

describe('publicity', () => {
  test('Phú Thọ, year', () => {
    const counts: Counts = {
      publishedOnTime: [0, 89],
      updatedOnTime: [0, 70],
      fullContent: [87, 89],
      synced: [475053, 475053],
    }
    expect(pointsOf(counts)).toEqual({ publishedOnTime: 0, updatedOnTime: 0, fullContent: 1.96, synced: 6 })
    expect(group('CKMB', counts)).toBe(7.96)
  })

  test('Phú Thọ, August: nothing published is no rate and no points', () => {
    const counts: Counts = {
      publishedOnTime: [0, 0],
      updatedOnTime: [0, 0],
      fullContent: [87, 89],
      synced: [138744, 138744],
    }
    expect(score(counts).indicators.publishedOnTime).toEqual({ ratio: null, points: null, max: 6 })
    expect(score(counts).indicators.updatedOnTime).toEqual({ ratio: null, points: null, max: 4 })
    expect(group('CKMB', counts)).toBe(7.96)
  })

  test.each(['province', 'department', 'commune'] as const)('Gia Lai, year, for a %s', (level) => {
    const counts: Counts = {
      publishedOnTime: [1, 47],
      updatedOnTime: [43, 47],
      fullContent: [47, 47],
      synced: [1000, 1000],
    }
    expect(pointsOf(counts, level)).toMatchObject({
      publishedOnTime: 0.13,
      updatedOnTime: 3.66,
      fullContent: 2,
      synced: 6,
    })
    expect(group('CKMB', counts, level)).toBe(11.79)
  })
})

test.each([
  ['Phú Thọ, year', 528684, 597918, 88.42, 17.68],
  ['Phú Thọ, August', 144625, 184513, 78.38, 15.68],
  ['BQL các KCN, year', 1689, 1840, 91.79, 18.36],
  ['BQL các KCN, August', 486, 588, 82.65, 16.53],
  ['Sở GD&ĐT, year', 758, 1120, 67.68, 13.54],
  ['Sở Ngoại vụ, year', 3, 5, 60.0, 12],
  ['P. Nông Trang, year', 5646, 6178, 91.39, 18.28],
  ['P. Thanh Miếu, year', 4964, 5551, 89.43, 17.89],
  ['Xã Hy Cương, year', 2775, 3443, 80.6, 16.12],
  ['Xã Bản Nguyên, year', 5940, 6064, 97.96, 19.59],
  ['Sở KHCN Gia Lai, year', 726, 741, 97.98, 19.6],
  ['BQL KKT Gia Lai, year', 283, 330, 85.76, 17.15],
  ['Xã Đăk Song, year', 287, 294, 97.62, 19.52],
  ['Xã Đề Gi, year', 2827, 3020, 93.61, 18.72],
  ['no dossiers', 0, 0, 0, 0],
])('in time: %s', (_, n, d, share, points) => {
  expect(score({ onTime: [n, d] }).indicators.onTime?.ratio).toBeCloseTo(share / 100, 4)
  expect(score({ onTime: [n, d] }).indicators.onTime?.points).toBe(points)
  expect(group('TDGQ', { onTime: [n, d] })).toBe(points)
})

describe('online services', () => {
  test.each<[string, number, Ratio, Ratio, number]>([
    ['Phú Thọ, year', 89, [516, 1884], [589496, 597894], 8.56],
    ['Phú Thọ, third quarter', 89, [449, 1884], [435258, 440558], 8.41],
    ['Phú Thọ, August', 56, [406, 1968], [150956, 152595], 8.83],
    ['Phú Thọ, one procedure', 89, [1, 1], [165096, 165139], 11.46],
  ])('%s', (_, authority, servicesWithDossiers, onlineDossiers, points) => {
    const counts: Counts = { onlineServices: [31 + 21, authority], servicesWithDossiers, onlineDossiers }
    expect(group('CLGQ', counts)).toBe(points)
  })

  const everything: Counts = { servicesWithDossiers: [7, 7], onlineDossiers: [9, 9] }
  test('a commune gets nothing for offering services, given or not', () => {
    expect(group('CLGQ', everything, 'commune')).toBe(10)
    expect(group('CLGQ', { ...everything, onlineServices: [52, 56] }, 'commune')).toBe(10)
    expect(score(everything, 'commune').indicators.onlineServices).toEqual({
      ratio: null,
      points: 0,
      max: 2,
      notApplied: true,
    })
  })

  test('no dossiers are no points', () => {
    const none: Counts = { servicesWithDossiers: [0, 0], onlineDossiers: [0, 0] }
    expect(group('CLGQ', none, 'commune')).toBe(0)
    expect(score(none).indicators.onlineDossiers).toEqual({ ratio: 0, points: 0, max: 6 })
  })

  test.each<[string, Ratio, number]>([
    ['52 of 89', [52, 89], 1.46],
    ['52 of 56 is capped', [52, 56], 2],
    ['exactly 80 %', [80, 100], 2],
  ])('offered online: %s', (_, onlineServices, points) => {
    expect(score({ onlineServices }).indicators.onlineServices?.points).toBe(points)
  })

  test.each<[Ratio, number]>([
    [[1, 1], 4],
    [[516, 1884], 1.1],
    [[449, 1884], 0.95],
    [[406, 1968], 0.83],
  ])('used services %j', (servicesWithDossiers, points) => {
    expect(score({ servicesWithDossiers }).indicators.servicesWithDossiers?.points).toBe(points)
  })
})

test.each<[string, Ratio, number, number, number, number]>([
  ['Phú Thọ, year', [309542, 358625], 119, 313, 68, 6.67],
  ['Phú Thọ, third quarter', [233203, 268066], 115, 311, 66, 6.67],
  ['Văn phòng UBND, year', [0, 0], 0, 1, 0, 0],
  ['BQL các KCN, year', [18, 18], 2, 3, 0, 7.67],
  ['Sở Công Thương, August', [44, 44], 7, 8, 0, 8],
  ['P. Việt Trì, year', [4015, 4920], 18, 38, 10, 6.74],
  ['P. Việt Trì, August', [1516, 1707], 12, 35, 7, 6.69],
  ['P. Nông Trang, year', [3384, 3804], 15, 40, 5, 6.59],
  ['P. Vân Phú, year', [5623, 5914], 8, 32, 6, 6.8],
  ['Xã Hy Cương, year', [1707, 1864], 16, 40, 6, 6.87],
  ['Xã Bản Nguyên, August', [1310, 1429], 18, 37, 11, 7.46],
  ['Xã Lâm Thao, year', [3869, 4306], 18, 38, 10, 7.23],
  ['Xã Tây Cốc, third quarter', [1361, 1629], 9, 33, 6, 6.14],
  ['Xã Thanh Ba, August', [363, 506], 12, 35, 7, 5.66],
  ['Sở KHCN Gia Lai, year', [96, 105], 15, 78, 5, 6.13],
  ['Xã Vân Canh, year', [2352, 2489], 20, 42, 8, 7.34],
  ['no procedure with a fee', [0, 0], 0, 0, 0, 0],
])('payment: %s', (_, paidOnline, used, procedures, provided, points) => {
  const counts: Counts = {
    paidOnline,
    feeProceduresPaidOnline: [used, procedures],
    feeProceduresProvided: [provided, procedures],
  }
  expect(group('TTTT', counts)).toBe(points)
})

test('points are rounded before they are added: 5.01 + 0.68 + 0.45', () => {
  const counts: Counts = {
    paidOnline: [1361, 1629],
    feeProceduresPaidOnline: [9, 33],
    feeProceduresProvided: [6, 33],
  }
  expect(pointsOf(counts)).toEqual({
    paidOnline: 5.01,
    feeProceduresPaidOnline: 0.68,
    feeProceduresProvided: 0.45,
  })
})

type Pair = [number, number]
type Digitised = [string, number, Pair, Pair, Pair, Pair, Pair, connected: Pair, pointsAndTotal: Pair]
const digitisation: Digitised[] = [
  [
    'Phú Thọ, year',
    597918,
    [433356, 4.35],
    [145096, 0.97],
    [136827, 0.57],
    [0, 0],
    [325596, 1.09],
    [396, 1300],
    [0.61, 9.59],
  ],
  [
    'Phú Thọ, August',
    184513,
    [133274, 4.33],
    [21233, 0.46],
    [3160, 0.04],
    [0, 0],
    [85644, 0.93],
    [297, 1301],
    [0.46, 8.22],
  ],
  ['BQL các KCN, year', 1840, [1143, 3.73], [513, 1.12], [0, 0], [0, 0], [1840, 2], [12, 42], [0.57, 9.42]],
  [
    'Sở Công Thương, year',
    2270,
    [1645, 4.35],
    [470, 0.83],
    [0, 0],
    [0, 0],
    [2270, 2],
    [15, 74],
    [0.41, 9.59],
  ],
  [
    'P. Việt Trì, year',
    8253,
    [6722, 4.89],
    [1662, 0.81],
    [984, 0.3],
    [0, 0],
    [4032, 0.98],
    [63, 385],
    [0.33, 9.31],
  ],
  [
    'P. Nông Trang, year',
    6178,
    [4844, 4.7],
    [988, 0.64],
    [1008, 0.41],
    [0, 0],
    [3274, 1.06],
    [46, 385],
    [0.24, 9.05],
  ],
  [
    'P. Vân Phú, year',
    7947,
    [4041, 3.05],
    [280, 0.14],
    [1806, 0.57],
    [0, 0],
    [5234, 1.32],
    [50, 385],
    [0.26, 7.34],
  ],
  [
    'Sở VHTTDL Gia Lai, year',
    654,
    [610, 5.6],
    [603, 3.69],
    [636, 2],
    [0, 0],
    [220, 0.67],
    [16, 147],
    [0.22, 14.18],
  ],
  [
    'Xã Vân Canh, year',
    2618,
    [2497, 5.72],
    [1520, 2.32],
    [1543, 1.47],
    [2, 0],
    [1105, 0.84],
    [28, 388],
    [0.14, 12.49],
  ],
  [
    'Xã Đăk Song, year',
    294,
    [272, 5.55],
    [129, 1.76],
    [116, 0.99],
    [6, 0.08],
    [185, 1.26],
    [19, 389],
    [0.1, 11.74],
  ],
]

describe('digitisation', () => {
  test.each(digitisation)('%s', (_, n, result, digitised, reused, vault, population, connected, shown) => {
    const [connectedPoints, total] = shown
    const counts: Counts = {
      electronicResults: [result[0], n],
      digitised: [digitised[0], n],
      reused: [reused[0], n],
      certifiedCopies: true,
      vaultShared: [vault[0], n],
      populationData: [population[0], n],
      populationConnected: connected,
    }
    expect(pointsOf(counts)).toEqual({
      electronicResults: result[1],
      digitised: digitised[1],
      reused: reused[1],
      certifiedCopies: 2,
      vaultShared: vault[1],
      populationData: population[1],
      populationConnected: connectedPoints,
    })
    expect(group('MDSH', counts)).toBe(total)
  })

  test.each<[string, Counts, Record<string, number>]>([
    ['Sở GD&ĐT, August: result', { electronicResults: [291, 326] }, { electronicResults: 5.36 }],
    ['Sở GD&ĐT, August: linear to 100 %', { digitised: [261, 326] }, { digitised: 3.2 }],
    ['BQL các KCN, August: result', { electronicResults: [385, 588] }, { electronicResults: 3.93 }],
    ['BQL các KCN, August: digitised', { digitised: [312, 588] }, { digitised: 2.12 }],
    ['BQL các KCN, August: connected', { populationConnected: [10, 42] }, { populationConnected: 0.48 }],
    ['Xã Hy Cương, year: result', { electronicResults: [2564, 3443] }, { electronicResults: 4.47 }],
    ['Xã Hy Cương, year: digitised', { digitised: [941, 3443] }, { digitised: 1.09 }],
    ['Xã Hy Cương, year: reused', { reused: [820, 3443] }, { reused: 0.6 }],
    ['Xã Hy Cương, year: population', { populationData: [1891, 3443] }, { populationData: 1.1 }],
  ])('%s', (_, counts, points) => {
    expect(pointsOf(counts)).toEqual(points)
  })

  test('BQL các KCN in August is 10.53 and Xã Hy Cương in the year is 9.52', () => {
    const none: Ratio = [0, 588]
    const industrial: Counts = {
      electronicResults: [385, 588],
      digitised: [312, 588],
      reused: none,
      certifiedCopies: true,
      vaultShared: none,
      populationData: [588, 588],
      populationConnected: [10, 42],
    }
    expect(group('MDSH', industrial)).toBe(10.53)
    const hyCuong: Counts = {
      electronicResults: [2564, 3443],
      digitised: [941, 3443],
      reused: [820, 3443],
      certifiedCopies: true,
      vaultShared: [0, 3443],
      populationData: [1891, 3443],
      // Published only as points: 0.26 of 2.
      populationConnected: [50, 385],
    }
    expect(group('MDSH', hyCuong, 'commune')).toBe(9.52)
  })

  test('without dossiers only the certified copies count', () => {
    const none: Ratio = [0, 0]
    const counts: Counts = {
      electronicResults: none,
      digitised: none,
      reused: none,
      certifiedCopies: true,
      vaultShared: none,
      populationData: none,
      populationConnected: none,
    }
    expect(group('MDSH', counts)).toBe(2)
    expect(group('MDSH', { ...counts, certifiedCopies: false })).toBe(0)
    expect(score(counts).indicators.digitised).toEqual({ ratio: null, points: null, max: 4 })
  })
})

describe('satisfaction', () => {
  test.each<[string, [number, number, number], [number, number, number], [number, number, number], number]>([
    ['Phú Thọ, year', [528464, 597918, 5.89], [296, 570, 3.12], [230, 570, 2.42], 11.43],
    ['Phú Thọ, August', [144574, 184513, 5.22], [182, 247, 4.42], [137, 247, 3.33], 12.97],
    ['Sở GD&ĐT, year', [755, 1120, 4.49], [0, 4, 0], [0, 4, 0], 4.49],
    ['Sở GD&ĐT, August', [205, 326, 4.19], [3, 3, 6], [3, 3, 6], 16.19],
    ['Xã Lâm Thao, August', [1660, 2079, 5.32], [2, 2, 6], [0, 2, 0], 11.32],
    ['Xã Vân Canh, year', [2540, 2618, 6], [0, 0, 6], [0, 0, 6], 18],
    ['BQL KKT Gia Lai, year', [283, 330, 5.72], [0, 0, 6], [0, 0, 6], 17.72],
    ['P. Thanh Miếu, year', [4964, 5551, 5.96], [0, 0, 6], [0, 0, 6], 17.96],
    ['Xã Hy Cương, year', [2775, 3443, 5.37], [0, 0, 6], [0, 0, 6], 17.37],
  ])('%s', (_, satisfied, onTime, answered, total) => {
    const ratio = ([n, d]: [number, number, number]): Ratio => [n, d]
    const counts: Counts = {
      satisfied: ratio(satisfied),
      petitionsOnTime: ratio(onTime),
      petitionsSatisfied: ratio(answered),
    }
    expect(pointsOf(counts)).toEqual({
      satisfied: satisfied[2],
      petitionsOnTime: onTime[2],
      petitionsSatisfied: answered[2],
    })
    expect(group('MDHL', counts)).toBe(total)
  })

  test.each<[string, Ratio, number]>([
    ['P. Vân Phú, year: capped at 90 %', [7179, 7947], 6],
    ['P. Vân Phú, August', [2133, 2645], 5.38],
    ['Xã Xuân Lũng, August: capped', [939, 1038], 6],
    ['no dossiers', [0, 0], 0],
  ])('%s', (_, satisfied, points) => {
    expect(score({ satisfied }).indicators.satisfied?.points).toBe(points)
  })
})

describe('end to end', () => {
  const august: Counts = {
    publishedOnTime: [0, 0],
    updatedOnTime: [0, 0],
    fullContent: [87, 89],
    synced: [138744, 138744],
    onTime: [144625, 184513],
    onlineServices: [52, 56],
    servicesWithDossiers: [406, 1968],
    onlineDossiers: [150956, 152595],
    // Only the 6.25 points of the group were published.
    paidOnline: [85, 100],
    feeProceduresPaidOnline: [30, 100],
    feeProceduresProvided: [16, 100],
    electronicResults: [133274, 184513],
    digitised: [21233, 184513],
    reused: [3160, 184513],
    certifiedCopies: true,
    vaultShared: [0, 184513],
    populationData: [85644, 184513],
    populationConnected: [297, 1301],
    satisfied: [144574, 184513],
    petitionsOnTime: [182, 247],
    petitionsSatisfied: [137, 247],
  }

  test('Phú Thọ, August 2026: 59.91', () => {
    const { groups, total, band } = score(august)
    expect(groups).toEqual({
      CKMB: { points: 7.96, max: 18 },
      TDGQ: { points: 15.68, max: 20 },
      CLGQ: { points: 8.83, max: 12 },
      TTTT: { points: 6.25, max: 10 },
      MDSH: { points: 8.22, max: 22 },
      MDHL: { points: 12.97, max: 18 },
    })
    expect([total, band]).toEqual([59.91, 'average'])
  })

  test('Xã Vân Canh: 75.34, fair', () => {
    const counts: Counts = {
      publishedOnTime: [1, 47],
      updatedOnTime: [43, 47],
      fullContent: [47, 47],
      synced: [2618, 2618],
      // Published as the points of their groups: 19.41 and 6.31.
      onTime: [2541, 2618],
      servicesWithDossiers: [31, 400],
      onlineDossiers: [2618, 2618],
      paidOnline: [2352, 2489],
      feeProceduresPaidOnline: [20, 42],
      feeProceduresProvided: [8, 42],
      electronicResults: [2497, 2618],
      digitised: [1520, 2618],
      reused: [1543, 2618],
      certifiedCopies: true,
      vaultShared: [2, 2618],
      populationData: [1105, 2618],
      populationConnected: [28, 388],
      satisfied: [2540, 2618],
      petitionsOnTime: [0, 0],
      petitionsSatisfied: [0, 0],
    }
    const { groups, total, band } = score(counts, 'commune')
    expect(Object.values(groups).map((each) => each?.points)).toEqual([11.79, 19.41, 6.31, 7.34, 12.49, 18])
    expect([total, band]).toEqual([75.34, 'fair'])
  })

  test('Sở KHCN Gia Lai: 73.01, fair', () => {
    const counts: Counts = {
      publishedOnTime: [1, 47],
      updatedOnTime: [43, 47],
      fullContent: [47, 47],
      synced: [741, 741],
      onTime: [726, 741],
      // Published as the points of their groups: 6.49 and 11.00.
      onlineServices: [0, 78],
      servicesWithDossiers: [49, 400],
      onlineDossiers: [741, 741],
      paidOnline: [96, 105],
      feeProceduresPaidOnline: [15, 78],
      feeProceduresProvided: [5, 78],
      electronicResults: [741, 741],
      digitised: [741, 988],
      reused: [0, 741],
      certifiedCopies: true,
      vaultShared: [0, 741],
      populationData: [0, 741],
      populationConnected: [0, 78],
      satisfied: [726, 741],
      petitionsOnTime: [0, 0],
      petitionsSatisfied: [0, 0],
    }
    const { groups, total, band } = score(counts, 'department')
    expect(Object.values(groups).map((each) => each?.points)).toEqual([11.79, 19.6, 6.49, 6.13, 11, 18])
    expect([total, band]).toEqual([73.01, 'fair'])
  })
})
