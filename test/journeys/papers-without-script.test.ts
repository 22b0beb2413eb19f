import { expect, inject, test } from 'vitest'
import { accepted } from '../../src/kernel/errors.ts'
import { aScan } from '../../src/modules/documents/intake/ocr/scanned.builder.ts'
import { signPdf } from '../../src/modules/signatures/index.ts'
import { aDoor, aPaper, aSigning } from '../../src/modules/signatures/signatures.builder.ts'
import { theBrowser } from './browser.ts'
import { act, openDossier } from './desk.ts'
import { answerPages, beginBirth, birthAnswers, main, press, problems, send, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

await mother.takeRole('mother')
await officer.takeRole('reception')

const world = aDoor()
world.addSigner('an')
const pdf = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/pdf', buffer })
const signed = Buffer.from(
  accepted(await signPdf(world.door, aSigning(await aPaper(), { level: 'B-B' }))).pdf,
)
const altered = Buffer.from(signed)
altered[altered.indexOf('stream') + 20]! ^= 0xff
const wrapped = pdf('don.pdf.p7m', Buffer.from('3082010006092a864886f70d010702a0820100', 'hex'))
const scan = await aScan(['GIẤY CHỨNG SINH', 'Số: 187/2026'], { degrees: 5 })
let code = ''

test('without script she sends a crooked photo and signed papers, and reads what is wrong with each', async () => {
  const { page } = mother
  await beginBirth(page)
  await answerPages(page, birthAnswers('Trần Minh Khôi'))
  if (!page.url().endsWith('/gui-kem')) await page.goto(page.url().replace(/[^/]+$/, 'gui-kem'))
  await page.getByText('Giấy chỉ gửi khi có').click()
  await main(page)
    .locator('input[type=file]')
    .first()
    .setInputFiles([
      { name: 'lệch.jpg', mimeType: 'image/jpeg', buffer: scan },
      pdf('đã ký.pdf', signed),
      pdf('đã sửa.pdf', altered),
      wrapped,
    ])
  await press(page, 'Tải lên')
  expect(await problems(page)).toContain('Hãy ký thẳng vào tệp PDF')
  const line = (name: string) => main(page).locator('.file', { hasText: name })
  expect(await line('đã ký.pdf').innerText()).toContain('không do tổ chức được tin cậy cấp')
  expect(await line('đã sửa.pdf').innerText()).toContain('Nội dung đã bị thay đổi sau khi ký')
  await expect
    .poll(
      async () => {
        await page.goto(page.url())
        return line('lệch.jpg').innerText()
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toContain('Đã thành PDF/A')
  await mother.look()
  await press(page, 'Lưu và tiếp tục')
  code = (await send(page)).code
})

test('the officer sees the same of the signed papers', async () => {
  const { page } = officer
  await openDossier(page, code)
  const strip = await page.locator('.viewer__strip').innerText()
  expect(strip).toContain('Nội dung đã bị thay đổi sau khi ký')
  expect(strip).toContain('không do tổ chức được tin cậy cấp')
})

test('in a supplement a wrapped file is refused in words, and a whole one is taken', async () => {
  await act(officer.page, 'Yêu cầu bổ sung')
  await officer.page.locator('.panel').waitFor()
  const asked = officer.page.locator('.asklist__item').filter({ hasText: 'Giấy chứng sinh' }).first()
  await asked.getByRole('checkbox').check()
  await asked.locator('textarea').fill('Gửi lại bản có chữ ký')
  await press(officer.page, 'Gửi')
  const { page } = mother
  await page.goto(`/ho-so/${code}/bo-sung`)
  const control = () => main(page).locator('input[type="file"]').first()
  await control().setInputFiles([wrapped])
  await press(page, 'Gửi')
  expect(await problems(page)).toContain('Hãy ký thẳng vào tệp PDF')
  await control().setInputFiles([pdf('đã ký.pdf', signed)])
  await press(page, 'Gửi')
  await page.waitForURL(`**/ho-so/${code}?da-bo-sung=1`)
  expect(await text(page)).toContain(code)
})
