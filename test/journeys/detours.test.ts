import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, openDossier, outcome } from './desk.ts'
import { aPhotograph, type Filed, fileBirth, main, press, problems, text } from './filing.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const stranger = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

await mother.takeRole('mother')
await officer.takeRole('reception')
const filed: Filed = await fileBirth(mother.page, 'Nguyễn Khánh Vân')

test('an officer asks once for everything that is missing, and must say what', async () => {
  const { page } = officer
  await openDossier(page, filed.code)
  await act(page, 'Yêu cầu bổ sung')
  await page.locator('.panel').waitFor()
  await officer.look()
  const asked = page.locator('.asklist__item')
  const paper = asked.filter({ hasText: 'Giấy chứng sinh' }).first()
  await paper.getByRole('checkbox').check()
  await press(page, 'Gửi')
  expect(await problems(page)).toContain('Giấy chứng sinh')
  await paper.locator('textarea').fill('Ảnh giấy chứng sinh bị mờ, chụp lại giúp <b>đủ bốn góc</b>')
  await press(page, 'Gửi')
  expect(await outcome(page)).toContain('đã gửi một yêu cầu bổ sung')
})

test('the mother answers once; what was written to her comes back as it was written', async () => {
  const { page } = mother
  await page.goto(`/ho-so/${filed.code}`)
  expect(await text(page)).toContain('bổ sung')
  await mother.look()
  await page.goto(`/ho-so/${filed.code}/bo-sung`)
  expect(await text(page)).toContain('chụp lại giúp <b>đủ bốn góc</b>')
  await mother.look()
  await press(page, 'Gửi')
  expect(await problems(page)).not.toBe('')
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: 'chụp lại.jpg',
      mimeType: 'image/jpeg',
      buffer: await aPhotograph(),
    })
  await press(page, 'Gửi')
  await page.waitForURL(`**/ho-so/${filed.code}?da-bo-sung=1`)
  await mother.look()
  await page.goto(`/ho-so/${filed.code}/bo-sung`)
  expect(await page.locator('input[type="file"]').count()).toBe(0)
})

test('once it is accepted, the day is explained step by step', async () => {
  await openDossier(officer.page, filed.code)
  await act(officer.page, 'Tiếp nhận')
  expect(await outcome(officer.page)).toContain('đã tiếp nhận')
  const { page } = mother
  await page.goto(`/ho-so/${filed.code}`)
  const why = page.locator('details').filter({ hasText: 'Vì sao là ngày này' })
  await why.locator('summary').click()
  expect(await why.locator('li, tr, dt').count()).toBeGreaterThan(1)
})

test('a dossier is withdrawn with a reason and a second thought', async () => {
  const { page } = mother
  const { code } = await fileBirth(page, 'Nguyễn Tuấn Kiệt')
  await page.goto(`/ho-so/${code}/rut`)
  await mother.look()
  await press(page, 'Rút hồ sơ')
  expect(await problems(page)).toContain('2')
  await page.locator('#reason').fill('Nộp nhầm; drop table dossiers.dossier; <i>xin lỗi</i>')
  await page.locator('#sure').check()
  await press(page, 'Rút hồ sơ')
  await page.waitForURL(`**/ho-so/${code}?da-rut=1`)
  expect(await text(page)).toContain('rút')
  await mother.look()
})

test('an officer refuses only with a reason, and the mother reads it', async () => {
  const { code } = await fileBirth(mother.page, 'Nguyễn Gia Hân')
  const { page } = officer
  await openDossier(page, code)
  await act(page, 'Từ chối tiếp nhận')
  await page.locator('.panel').waitFor()
  await press(page, 'Từ chối tiếp nhận')
  expect(await problems(page)).toContain('lý do')
  await page.locator('#reason').fill('Bé đã có giấy khai sinh tại xã Bến Gỗ')
  await page.locator('.panel').getByRole('button', { name: 'Từ chối tiếp nhận' }).click()
  expect(await outcome(page)).toContain('đã từ chối tiếp nhận')
  await mother.page.goto(`/ho-so/${code}`)
  expect(await text(mother.page)).toContain('Bé đã có giấy khai sinh tại xã Bến Gỗ')
  await mother.look()
})

test('anybody with the code and a proof sees the status and dates, nothing private', async () => {
  const { page } = stranger
  for (const proof of ['5601', filed.secret]) {
    await lookUp(filed.code, proof)
    expect(await text(page)).toContain(filed.code)
    expect(await text(page)).not.toContain('Mẫu Đơn')
    expect(await text(page)).not.toContain('Khánh Vân')
  }
  await stranger.look()
})

test('a wrong proof and an unknown code are refused alike, and too many tries have to wait', async () => {
  const { page } = stranger
  await lookUp(filed.code, '0000')
  const wrongProof = await problems(page)
  expect(await page.locator('input[name="code"]').inputValue()).toBe(filed.code)
  await stranger.look()
  await lookUp('H99.12-990101-99999', '5601')
  expect(await problems(page)).toBe(wrongProof)
  let status = 0
  for (let tries = 0; tries < 40 && status !== 429; tries++) status = await lookUp(filed.code, '1111')
  expect(status).toBe(429)
  expect(await main(page).getByRole('alert').innerText()).toMatch(/phút/)
  await stranger.look()
})

test('no browser complained on the way', () => {
  const all = [mother, officer, stranger].flatMap((each) => each.complaints())
  expect(all).toEqual([])
})

async function lookUp(code: string, proof: string): Promise<number> {
  const { page } = stranger
  await page.goto('/tra-cuu')
  await page.locator('input[name="code"]').fill(code)
  await page.locator('input[name="secret"]').fill(proof)
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await main(page).locator('form[method="post"] button').click()
  await page.waitForLoadState()
  return (await answer).status()
}
