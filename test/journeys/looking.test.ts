import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { aTraveller } from './traveller.ts'

// What journeys look for on every page must be found: this is a page that has it.
const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()

const page = (words: string) =>
  `<!doctype html><html lang="vi"><title>Thử</title><main><h1>Thử</h1><p>Chữ đậm.</p>${words}</main></html>`
const pale = '<p style="color:#bbb">Chữ nhạt.</p>'

test.each([
  ['with scripts', true],
  ['without scripts', false],
])('words too pale to read are found among words that were looked at before, %s', async (_, scripts) => {
  const somebody = await aTraveller({ browser, baseUrl }, { width: 360, scripts })
  await somebody.page.goto('/healthz')
  const show = (words: string) => somebody.page.setContent(page(words))
  await show('')
  await somebody.look()
  for (let i = 0; i < 2; i++) {
    await show(`<p>Chữ đậm.</p>${pale}`)
    await expect(somebody.look()).rejects.toThrow('color-contrast')
  }
  await show(`<div style="background:#111">${'<p>Chữ đậm.</p>'}</div>`)
  await expect(somebody.look()).rejects.toThrow('color-contrast')
  await show('<p>Chữ đậm.</p>')
  await somebody.look()
})

test('a missing name, a sideways scroll and a second heading are found', async () => {
  const somebody = await aTraveller({ browser, baseUrl }, { width: 360 })
  await somebody.page.goto('/healthz')
  const found = async (words: string) => {
    await somebody.page.setContent(page(words))
    return somebody.look().then(
      () => 'nothing',
      (error: Error) => error.message,
    )
  }
  expect(await found('<input>')).toContain('label')
  expect(await found('<div style="width:500px">rộng</div>')).toContain('sideways scroll')
  expect(await found('<h1>Hai</h1>')).toContain('headings')
  expect(await found('')).toBe('nothing')
})
