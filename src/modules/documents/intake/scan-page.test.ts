import { expect, test } from 'vitest'
import { placementOf, readScanPage } from './scan-page.ts'

test.each([
  ['as it is', [600, 0, 0, 800, 0, 0], { width: 600, height: 800, turn: 0, mirrored: false }],
  ['upside down', [-600, 0, 0, -800, 600, 800], { width: 600, height: 800, turn: 180, mirrored: false }],
  ['turned to the right', [0, -600, 800, 0, 0, 600], { width: 600, height: 800, turn: 90, mirrored: false }],
  ['turned to the left', [0, 600, -800, 0, 800, 0], { width: 600, height: 800, turn: 270, mirrored: false }],
  ['mirrored', [-600, 0, 0, 800, 600, 0], { width: 600, height: 800, turn: 0, mirrored: true }],
  ['askew', [500, 200, -200, 500, 0, 0], undefined],
] as const)('a picture that lies %s', (_how, matrix, placement) => {
  expect(placementOf(matrix)).toEqual(placement)
})

test('a page of a scanner is one picture, with invisible words over it', () => {
  const content = `% scanned
    /Artifact <</Type /Pagination>> BDC EMC
    q 0.25 0 0 0.25 0 0 cm q 2480 0 0 3508 0 0 cm /Im0 Do Q Q
    BT 3 Tr /F1 12 Tf [(Gi\\) y) -20 <00AF>] TJ ET`
  expect(readScanPage(content)).toEqual({ image: 'Im0', matrix: [620, 0, 0, 877, 0, 0] })
})

test('strings end where their brackets do, however deep these lie', () => {
  const content = '/Im0 Do BT 3 Tr (((a) \\) (b (c))) S) Tj (\\\\) Tj ET'
  expect(readScanPage(content)).toEqual({ image: 'Im0', matrix: [1, 0, 0, 1, 0, 0] })
})

test.each([
  ['visible words', 'q 1 0 0 1 0 0 cm /Im0 Do Q BT /F1 12 Tf (abc) Tj ET'],
  ['words that became visible again', '/Im0 Do BT 3 Tr (a) Tj 0 Tr (b) Tj ET'],
  ['lines', '/Im0 Do 0 0 m 10 10 l S'],
  ['two pictures', '/Im0 Do /Im1 Do'],
  ['a picture written into the page', 'BI /W 1 /H 1 ID x EI'],
  ['nothing', 'q Q'],
  ['a broken matrix', 'q 1 0 cm /Im0 Do Q'],
  ['a string without end', '/Im0 Do BT 3 Tr (a (b) Tj ET'],
  ['a string without end, as long as a book', `/Im0 Do [(${'\\('.repeat(1_000_000)}`],
])('a page with %s is no scan', (_what, content) => {
  expect(readScanPage(content)).toBeUndefined()
})
