import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome } from './desk.ts'
import { fileBirth, main, press, text } from './filing.ts'
import { staff } from './office.ts'
import { query } from './papers.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const person = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })
const elsewhere = await aTraveller({ browser, baseUrl }, { width: 1280 })

await person.takeRole('mother')
await officer.signInAs(staff.reception)
await elsewhere.signInAs(staff.elsewhere)

const notice = 'Giấy chứng sinh của bệnh viện'
const aPicture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a person shares a paper with an office by its name, for a purpose', async () => {
  const { page } = person
  await page.goto('/kho/them')
  await page
    .locator('#tep')
    .setInputFiles({ name: 'chung-sinh.png', mimeType: 'image/png', buffer: aPicture })
  await page.locator('#ten').fill(notice)
  await press(page, 'Thêm vào kho')
  await main(page).getByRole('link', { name: notice }).click()
  await page.locator('details:has(#ma-nhan) summary').click()
  await page.locator('[name=withKind][value=authority]').check()
  await page.locator('#ma-nhan').fill('phuong hoa')
  await page.locator('#muc-dich').fill('Xét hỗ trợ sinh con')
  const until = Temporal.Now.plainDateISO('Asia/Ho_Chi_Minh').add({ days: 5 })
  for (const [part, value] of Object.entries({ day: until.day, month: until.month, year: until.year }))
    await page.locator(`[name="until.${part}"]`).fill(String(value))
  await press(page, 'Đồng ý chia sẻ')
  // Two offices are called so: it is asked for more.
  expect(await page.locator('.error-summary').innerText()).toContain('phuong hoa')
  await page.locator('#ma-nhan').fill('ủy ban nhân dân phường hoa sen')
  await press(page, 'Đồng ý chia sẻ')
  expect(await text(page)).toContain('Đã chia sẻ')
  await person.look()
})

test('the office finds it from its menu and opens it, another office does not, and its owner reads who did', async () => {
  const desk = officer.page
  await desk.goto('/can-bo/viec')
  await desk.getByRole('link', { name: /^Giấy được chia sẻ/ }).click()
  const row = desk.locator('tr', { hasText: notice })
  expect(await row.innerText()).toContain('Xét hỗ trợ sinh con')
  await officer.look()
  const href = (await row.getByRole('link', { name: notice }).getAttribute('href'))!
  expect((await desk.request.get(href)).status()).toBe(200)
  expect((await elsewhere.page.request.get(href)).status()).toBe(404)
  await elsewhere.page.goto('/can-bo/giay-chia-se')
  expect(await text(elsewhere.page)).not.toContain(notice)
  await person.page.reload()
  expect(await text(person.page)).toMatch(/Mở xem[\s\S]*Theo chia sẻ: Xét hỗ trợ sinh con/)
  await press(person.page, /^Kết thúc/)
  expect(await text(person.page)).toContain('Đã kết thúc chia sẻ')
  expect((await desk.request.get(href)).status()).toBe(404)
  await desk.reload()
  expect(await text(desk)).not.toContain(notice)
})

test('what the office asks for later is taken from the vault too, and a needless upload is told', async () => {
  const { page } = person
  const { code } = await fileBirth(page, 'Trần Bảo Ngọc')
  // The paper of the vault is the hospital's notice of birth, as a filing before would have kept it.
  await query(
    `update vault.item set paper_code = '1.001193:birth-notice' where name = $1 and state = 'valid'`,
    [notice],
  )
  const desk = officer.page
  await openDossier(desk, code)
  await act(desk, 'Yêu cầu bổ sung')
  const paper = desk.locator('.asklist__item').filter({ hasText: 'Giấy chứng sinh' }).first()
  await paper.getByRole('checkbox').check()
  await paper.locator('textarea').fill('Gửi giấy chứng sinh')
  await press(desk, 'Gửi')
  expect(await outcome(desk)).toContain('đã gửi một yêu cầu bổ sung')

  await page.goto(`/ho-so/${code}/bo-sung`)
  await person.look()
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      ...{ name: 'chup-lai.png', mimeType: 'image/png', buffer: aPicture },
    })
  await press(page, 'Gửi')
  expect(await text(page)).toContain('Kho giấy tờ đã có giấy này')
  await person.look()
  await main(page)
    .getByRole('checkbox', { name: new RegExp(notice) })
    .check()
  await press(page, /^Bỏ|^Xóa/)
  expect(
    await main(page)
      .getByRole('checkbox', { name: new RegExp(notice) })
      .isChecked(),
  ).toBe(true)
  await press(page, 'Gửi')
  await page.waitForURL(`**/ho-so/${code}?da-bo-sung=1`)
  const [taken] = await query<{ how: string }>(
    `select p.how from dossiers.paper p join dossiers.dossier d on d.id = p.dossier_id
     where d.code = $1 and p.vault_item_id is not null`,
    [code],
  )
  expect(taken).toEqual({ how: 'vault' })

  // She removes it, and the page says what the dossier keeps.
  await page.goto('/kho')
  await main(page).getByRole('link', { name: notice }).click()
  await press(page, 'Xóa giấy tự tải lên')
  await page.locator('details', { hasText: 'Giấy đã xóa' }).locator('summary').click()
  await main(page).getByRole('link', { name: notice }).first().click()
  expect(await text(page)).toMatch(/Anh\/chị đã xóa giấy này lúc[\s\S]*đang chờ xóa hẳn/)
  expect(await text(page)).toContain(code)
  await person.look()
})

test('nothing broke on the way', () => {
  expect([...person.complaints(), ...officer.complaints()]).toEqual([])
})
