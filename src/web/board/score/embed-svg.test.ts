import { expect, test } from 'vitest'
import { embedSvg } from './embed-svg'

const facts = {
  title: 'Chỉ số',
  place: 'Phường Hoa Sen',
  total: '71,84',
  outOf: 'trên 100',
  period: 'tháng 11/2026',
  asAt: '14:30 20/11/2026',
  groups: [{ name: 'Công khai', text: '13,42/18', share: 13.42 / 18 }],
  address: 'motcua.songmai.example/so-lieu/chi-so',
  isSample: false,
  sample: 'Dữ liệu mẫu',
}

test('says the total, of whom, of when and where to read on', () => {
  const svg = embedSvg(facts)
  for (const said of ['71,84', 'Phường Hoa Sen', '14:30 20/11/2026', '13,42/18', facts.address])
    expect(svg).toContain(said)
  expect(svg).not.toContain('Dữ liệu mẫu')
})

test('figures of a demonstration carry their mark', () => {
  expect(embedSvg({ ...facts, isSample: true })).toContain('Dữ liệu mẫu')
})

test('a name cannot write into the picture, and a share stays inside its bar', () => {
  const svg = embedSvg({
    ...facts,
    place: '<script>"&',
    groups: [{ name: 'x', text: '', share: 7 }],
  })
  expect(svg).not.toContain('<script')
  expect(svg).toContain('&#60;script&#62;&#34;&#38;')
  expect(svg).toContain('width="76.0"')
})
