import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, describe, expect, test } from 'vitest'
import { accepted, isRefusal } from '../../../kernel/errors.ts'
import { closePrinting, renderSlip } from '../render-slip.ts'
import { samples } from '../samples.ts'
import { tryTemplate } from './try-template.ts'

afterAll(closePrinting)

const tried = (source: string, options = {}) => tryTemplate({ source, data: { secret: 1 } }, options)
const head = '#set text(font: "Tinos", lang: "vi")\n#set document(title: "t")\n'

test('a template is laid out as one picture and as a file', async () => {
  expect(accepted(await tried(`${head}Xin chào`))).toMatchObject({
    pages: 1,
    svg: expect.stringContaining('<svg'),
  })
  const { pdf } = accepted(await tried(`${head}Xin chào`, { want: 'pdf' }))
  expect(Buffer.from(pdf!).toString('latin1', 0, 5)).toBe('%PDF-')
})

describe('a template that reaches beyond its inputs is refused by name', () => {
  test.each([
    ['reads a file', '#read("/etc/passwd")', 'documents.template-reads-files'],
    ['reads beyond its folder', '#read("../../etc/passwd")', 'documents.template-reads-files'],
    ['reads a file as data', '#json("/etc/passwd")', 'documents.template-reads-files'],
    ['shows a file as a picture', '#image("/etc/passwd")', 'documents.template-reads-files'],
    ['reads a name put together', '#read("/etc/" + "passwd")', 'documents.template-reads-files'],
    ['reads the folder itself', '#read(".")', 'documents.template-reads-files'],
    ['includes a file', '#include "/etc/passwd"', 'documents.template-imports'],
    ['imports a package', '#import "@preview/cetz:0.3.0": *', 'documents.template-imports'],
    ['imports a name put together', '#import ("@pre" + "view/cetz:0.3.0")', 'documents.template-imports'],
    ['imports in a block of code', '#{ import "lib.typ": * }', 'documents.template-imports'],
    ['evaluates text', '#eval("1 + 1")', 'documents.template-imports'],
    ['runs a program', '#plugin(bytes((0, 97, 115, 109)))', 'documents.template-imports'],
    [
      'reaches for the same under another name',
      '#dictionary(std).at("ev" + "al")("1")',
      'documents.template-imports',
    ],
  ])('one that %s', async (_, source, code) => {
    const refused = await tried(`Xin chào\n${source}`)
    expect(isRefusal(refused) && refused).toMatchObject({ code, details: { line: 2 } })
    expect(JSON.stringify(refused)).not.toContain('root:')
    expect(JSON.stringify(refused)).not.toContain('motcua-template-')
  })
})

describe('a template that would hurt the server is ended, and refused by name', () => {
  test.each([
    ['a loop without end', '#let x = 0\n#while x < 1 { x -= 1 }', 'documents.template-endless'],
    [
      'a loop that lasts for hours',
      '#let x = 0\n#for i in range(100000) { for j in range(100000) { x += 1 } }',
      'documents.template-endless',
    ],
    ['a call of itself without end', '#let f(x) = f(x + 1)\n#f(1)', 'documents.template-endless'],
    ['one huge text', '#let x = "a" * 10000000000', 'documents.template-too-hungry'],
    [
      'a text that doubles',
      '#let x = "ab"\n#for i in range(60) { x = x + x }',
      'documents.template-too-hungry',
    ],
    ['a list without end', '#range(100000000000).len()', 'documents.template-too-hungry'],
    ['hundreds of pages', '#for i in range(200) { pagebreak() }', 'documents.template-too-long'],
    ['a megabyte of source', 'x'.repeat(1_000_000), 'documents.template-too-large'],
  ])('%s', async (_, source, code) => {
    // Whoever eats memory has all the time to do it, however busy the machine is.
    const limitMs = code.endsWith('endless') ? 3_000 : 60_000
    const trying = tried(source, { limitMs, megabytes: 300 })
    // Whoever stands at a counter meanwhile gets the receipt.
    expect(isRefusal(await renderSlip('receipt', samples.receipt))).toBe(false)
    const refused = await trying
    expect(isRefusal(refused) && refused.code).toBe(code)
  })
})

test('what is wrong is told with its line and without where the installation keeps its files', async () => {
  const refused = await tried('Xin chào\n\n#let x = (')
  expect(isRefusal(refused) && refused.details).toEqual({
    problems: [{ line: 3, message: 'unclosed delimiter' }],
  })
})

test('a character that the face cannot draw is told before anybody prints it', async () => {
  const refused = await tried(
    '#import "lib.typ": *\n#set text(font: "Tinos", fallback: false)\n#set document(title: "t")\n漢',
  )
  expect(isRefusal(refused) && refused.code).toBe('documents.template-broken')
})

test('many at once wait for each other, and too many are told to come again', async () => {
  const answers = await Promise.all(Array.from({ length: 24 }, () => tried('x', { limitMs: 60_000 })))
  const codes = answers.map((answer) => (isRefusal(answer) ? answer.code : 'done'))
  expect(new Set(codes)).toContain('documents.template-busy')
  expect(codes.filter((code) => code === 'documents.template-busy').length).toBeLessThan(24)
})

test('nothing is left behind', async () => {
  await tried('#read("/etc/passwd")')
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`motcua-template-${process.pid}-`))).toEqual(
    [],
  )
})
