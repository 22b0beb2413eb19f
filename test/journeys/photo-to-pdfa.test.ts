import sharp from 'sharp'
import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { openDossier } from './desk.ts'
import { answerPages, beginBirth, birthAnswers, main, press, send } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360 })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

await mother.takeRole('mother')
await officer.takeRole('reception')

/** A photo of twelve million points, held upright, with the place where it was taken. */
function aPhonePhoto(): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 170, sigma: 30 }
  const exif = { IFD0: { Make: 'Phone' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '21/1 1/1 0/1' } }
  return sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#fff', noise } })
    .withMetadata({ orientation: 6, exif } as never)
    .jpeg({ quality: 92 })
    .toBuffer()
}

test('a photo from a phone becomes a PDF/A that the officer opens, with the photo beside it', async () => {
  const { page } = mother
  const photo = await aPhonePhoto()
  await beginBirth(page)
  await answerPages(page, birthAnswers('Trần Minh Khôi'))
  if (!page.url().endsWith('/gui-kem')) await page.goto(page.url().replace(/[^/]+$/, 'gui-kem'))
  await page
    .locator('main details summary')
    .first()
    .click()
    .catch(() => undefined)
  // The connection breaks once in the middle; what has arrived stays.
  let broken = false
  await page.route('**/files/tus/*', (route) => {
    if (route.request().method() !== 'PATCH' || broken) return route.continue()
    broken = true
    return route.abort()
  })
  const control = main(page).locator('input[type=file]').first()
  await control.setInputFiles([
    { name: 'mat-truoc.jpg', mimeType: 'image/jpeg', buffer: photo },
    { name: 'mat-sau.jpg', mimeType: 'image/jpeg', buffer: await sharp(photo).rotate(90).jpeg().toBuffer() },
  ])
  const lines = main(page).locator('.file', { hasText: 'mat-' })
  await expect.poll(() => lines.count(), { timeout: 60_000 }).toBe(2)
  await expect
    .poll(
      async () => (await lines.allInnerTexts()).filter((line) => line.includes('Đã thành PDF/A')).length,
      {
        timeout: 60_000,
      },
    )
    .toBe(2)
  expect(broken).toBe(true)
  // A look at what was sent, and no line wider than the phone.
  const first = lines.first().locator('img')
  await expect
    .poll(() => first.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  if (process.env.PICTURES)
    await page.screenshot({ path: `${process.env.PICTURES}/papers-360.png`, fullPage: true })
  await press(page, 'Lưu và tiếp tục')
  const { code } = await send(page)

  const desk = officer.page
  await openDossier(desk, code)
  const strip = desk.locator('.viewer__strip')
  expect(await strip.innerText()).toContain('Đã thành PDF/A')
  await strip.getByRole('link').filter({ hasText: 'mat-truoc' }).first().click()
  await desk.locator('.viewer').getByText('mat-truoc').first().waitFor()
  await desk.locator('iframe.viewer__document').waitFor()
  if (process.env.PICTURES) await desk.screenshot({ path: `${process.env.PICTURES}/officer-1280.png` })
  const get = async (path: string) => {
    const answer = await officer.context.request.get(`${baseUrl}${path}`)
    return { type: answer.headers()['content-type'], bytes: await answer.body() }
  }
  const paper = await get((await desk.locator('iframe.viewer__document').getAttribute('src'))!)
  expect(paper.type).toBe('application/pdf')
  expect(paper.bytes.toString('latin1')).toContain('<pdfaid:part>2</pdfaid:part>')
  expect(paper.bytes.includes('Phone')).toBe(false)
  const original = await get((await desk.getByRole('link', { name: 'Tải bản gốc' }).getAttribute('href'))!)
  expect(original.bytes.equals(photo)).toBe(true)

  // Both sides as one paper, in the order in which they were sent.
  await strip.getByRole('link', { name: 'Cả giấy tờ (2 ảnh)' }).click()
  const whole = desk.locator('iframe.viewer__document[src*="/tep/gop/"]')
  await whole.waitFor()
  const joined = await get((await whole.getAttribute('src'))!)
  expect(joined.bytes.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(2)
})
