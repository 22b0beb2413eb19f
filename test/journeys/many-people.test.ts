import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, keysWork, openDossier, outcome, pressKey } from './desk.ts'
import { answerPages, aPhotograph, fileBirth, main, press, problems, send, text } from './filing.ts'
import { query } from './papers.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const business = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const mother = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const officer = await aTraveller({ browser, baseUrl }, { width: 1280 })

await business.takeRole('business')

const wanted = {
  relation: 'self',
  extractKind: 'birth',
  'copies.count': '1',
  'delivery.way': 'electronic',
}

test('the owner of a business files in its name', async () => {
  const { page } = business
  await page.goto('/thu-tuc/2.000635/nop')
  await page.locator('input[name="for"][value^="organisation:"]').check()
  await press(page, 'Bắt đầu')
  await answerPages(page, wanted)
  if (page.url().endsWith('/gui-kem')) await press(page, 'Lưu và tiếp tục')
  expect(await text(page)).toContain('Hộ kinh doanh Quán Lúa')
  const { code } = await send(page)
  await openWhereReceived(code)
  expect(await text(officer.page)).toContain('nộp cho tổ chức')
})

test('somebody who files for another needs the authorisation, and the officer sees it', async () => {
  const { page } = business
  await page.goto('/thu-tuc/2.000635/nop')
  await page.locator('input[name="for"][value="relative"]').check()
  await page.locator('[name="name"]').fill('Nguyễn Văn Xa')
  await page.locator('[name="relation"]').selectOption('other')
  await press(page, 'Bắt đầu')
  expect(await problems(page)).toContain('Gửi giấy ủy quyền')
  expect(await page.locator('[name="name"]').inputValue()).toBe('Nguyễn Văn Xa')
  await business.look()
  await page.locator('[name="proof"]').setInputFiles({
    name: 'giấy ủy quyền.png',
    mimeType: 'image/png',
    buffer: await aPhotograph('png'),
  })
  await press(page, 'Bắt đầu')
  await answerPages(page, wanted)
  if (page.url().endsWith('/gui-kem')) await press(page, 'Lưu và tiếp tục')
  expect(await text(page)).toContain('Nguyễn Văn Xa')
  const { code } = await send(page)
  await openWhereReceived(code)
  expect(await text(officer.page)).toContain('giấy ủy quyền.png')
  expect(await text(officer.page)).toContain('Nguyễn Văn Xa')
})

test('a person at the counter gets a certified copy while they wait', async () => {
  const { page } = officer
  await officer.takeRole('reception')
  await keysWork(page)
  await page.keyboard.press('F2')
  await page.waitForURL('**/can-bo/tai-quay')
  await officer.look()
  await page.getByRole('link', { name: /Sao y, chứng thực bản sao/ }).click()
  await page.waitForURL('**tt=2.000815')
  await keysWork(page)
  await page.keyboard.press('F9')
  expect(await problems(page)).toContain('Ghi họ và tên người đến làm')
  await officer.look()
  await page.locator('[name="visitor.name"]').fill('Phạm Thị Sen')
  await page.locator('[name="requester.fullName"]').fill('Phạm Thị Sen')
  await page.locator('[name="originals[0].paperType"]').fill('Sổ hộ nghèo')
  await page.locator('[name="originals[0].pages"]').fill('4')
  await page.locator('[name="originals[0].copies"]').fill('2')
  await press(page, 'Tính lại')
  // Two pages at 2.000 and two at 1.000, twice.
  await main(page).getByText('12.000').first().waitFor()
  await press(page, /Nhận và làm ngay/)
  await page.waitForURL('**xong=**')
  expect(await text(page)).toContain('Phạm Thị Sen')
  const code = new URL(page.url()).searchParams.get('xong')
  expect(code).toMatch(/^H99\.12-/)
  await officer.look()
  const receipt = main(page)
    .getByRole('link', { name: /giấy hẹn|In/ })
    .first()
  const answer = await page.context().request.get((await receipt.getAttribute('href')) ?? '')
  expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-')
})

test('a leader approves three at once', async () => {
  await mother.takeRole('mother')
  const names = ['Nguyễn Một', 'Nguyễn Hai', 'Nguyễn Ba']
  const codes: string[] = []
  for (const name of names) codes.push((await fileBirth(mother.page, name)).code)
  const { page } = officer
  await page.goto('/can-bo/viec')
  for (const code of codes) await page.locator(`tr[data-row="${code}"]`).getByRole('checkbox').check()
  await press(page, /^Tiếp nhận/)
  expect(await outcome(page)).toContain('3 trên 3')
  await officer.takeRole('civilStatus')
  for (const code of codes) {
    await openDossier(page, code)
    await pressKey(page, 't')
    await openDossier(page, code)
    await act(page, 'Soạn kết quả')
    await page.locator('.panel').waitFor()
    // A page that still scrolls to its panel moves away under a press.
    await keysWork(page)
    await press(page, 'Lưu và chuyển bước sau')
    expect(await outcome(page)).toContain(code)
  }
  await officer.takeRole('chair')
  for (const code of codes) await page.locator(`tr[data-row="${code}"]`).getByRole('checkbox').check()
  await officer.look()
  await press(page, /^Ký số và duyệt/)
  expect(await outcome(page)).toContain('3 trên 3')
  for (const code of codes) await expect(page.locator(`tr[data-row="${code}"]`).count()).resolves.toBe(0)
})

test('no browser complained on the way', () => {
  const all = [business, mother, officer].flatMap((each) => each.complaints())
  expect(all).toEqual([])
})

// The owner lives in another commune than the people of the role cards: its own reception opens the dossier.
async function openWhereReceived(code: string): Promise<void> {
  const [authority] = code.split('-')
  const [reception] = await query<{ subject: string }>(
    `select officer.subject from directory.officer
       join directory.officer_post held on held.officer_id = officer.id
       join directory.post on post.id = held.post_id
      where post.authority_code = $1 and 'reception' = any(post.roles) order by officer.subject limit 1`,
    [authority],
  )
  await officer.signInAs(reception?.subject ?? '')
  await openDossier(officer.page, code)
}
