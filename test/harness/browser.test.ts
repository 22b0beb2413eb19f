import { afterAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

const browser = await openBrowser()
afterAll(() => browser.close())

test('a browser opens a page, draws Vietnamese letters and takes a picture', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } })
  await page.goto(`data:text/html;charset=utf-8,${encodeURIComponent('<h1>Một Cửa: hồ sơ đã nhận</h1>')}`)
  expect(await page.textContent('h1')).toBe('Một Cửa: hồ sơ đã nhận')
  const picture = await page.screenshot()
  expect(picture.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.length).toBeGreaterThan(2_000)
  await page.close()
})

test('a font that the page looks up on the machine does not end the browser', async () => {
  const page = await browser.newPage()
  const style = '@font-face { font-family: Nha; src: local("Open Sans") } h1 { font-family: Nha }'
  await page.setContent(`<style>${style}</style><h1>Cửa</h1>`)
  await page.evaluate(() => document.fonts.ready.then(() => true))
  expect(await page.locator('h1').isVisible()).toBe(true)
  await page.close()
})
