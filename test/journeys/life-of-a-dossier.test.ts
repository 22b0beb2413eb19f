import { expect, inject, test } from 'vitest'
import { pdfText } from '../harness/pdf-text.ts'
import { theBrowser } from './browser.ts'
import { act, openDossier, otherAct, outcome, pressKey, sign } from './desk.ts'
import { aPhotograph, main, press, problems, text } from './filing.ts'
import { anOffice } from './office.ts'
import { verifyCodesOf } from './papers.ts'
import { daysAgo, thePast } from './past.ts'
import { aTraveller, type Traveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const citizen = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const office = anOffice({ browser, baseUrl })

await citizen.takeRole('business')
const past = await thePast()
const asked = await past.inProgress('marital-status', 'citizen-lua', await past.aWhileAgo(3))

test('the officer at work asks once, with a reason for each thing, and the clock stands still', async () => {
  const specialist = await office.at('specialist')
  const { page } = specialist
  await openDossier(page, asked.code)
  await act(page, 'Yêu cầu bổ sung')
  await page.locator('.panel').waitFor()
  await ask(page, 'Dùng giấy này', 'Ghi rõ vay ở ngân hàng nào')
  await ask(page, 'Giấy tờ chứng minh nơi cư trú', 'Chụp giúp giấy xác nhận cư trú cũ')
  await page.locator('.panel #reason').fill('Nghị định 123/2015/NĐ-CP, Điều 22')
  await press(page, 'Gửi một yêu cầu')
  expect(await outcome(page)).toContain('đã gửi một yêu cầu bổ sung')

  await citizen.page.goto(`/ho-so/${asked.code}`)
  const told = await text(citizen.page)
  expect(told).toContain('Cần anh/chị sửa 2 chỗ, làm một lần là đủ')
  expect(told).toContain('Ghi rõ vay ở ngân hàng nào')
  expect(told).toContain('tính lại từ đầu')
  expect(told).toContain('Đồng hồ của cơ quan đang dừng')
  await citizen.look()
  expect(await paperText(citizen, 'Phiếu yêu cầu')).toContain('Ghi rõ vay ở ngân hàng nào')
})

test('he answers once from his phone; the date has moved and says why', async () => {
  const { page } = citizen
  const forgotten = await citizen.context.newPage()
  await forgotten.goto(`/ho-so/${asked.code}/bo-sung`)
  await page.goto(`/ho-so/${asked.code}/bo-sung`)
  await citizen.look()
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(await aPicture('cư trú.jpg'))
  await press(page, /^Gửi/)
  await page.waitForURL(`**/ho-so/${asked.code}?da-bo-sung=1`)
  const told = await text(page)
  expect(told).toContain('Ngày trả đã đổi 1 lần')
  expect(told).toContain(`Từ ${dayOf(asked.dueAt)} sang`)
  expect(told).toContain('thời hạn tính lại từ khi anh/chị bổ sung đủ')
  await page.getByText('Vì sao là ngày này').click()
  expect(await text(page)).toContain('thời hạn tính lại từ đầu')
  await citizen.look()

  await forgotten
    .locator('input[type="file"]')
    .first()
    .setInputFiles(await aPicture('lần hai.jpg'))
  await press(forgotten, /^Gửi/)
  expect(await text(forgotten)).toContain('Hồ sơ này không còn chờ bổ sung')
  await forgotten.close()
})

test('a second request is refused without a new fact; with one, the citizen reads it', async () => {
  const { page } = await office.at('specialist')
  await openDossier(page, asked.code)
  await act(page, 'Yêu cầu bổ sung')
  await page.locator('.panel').waitFor()
  await ask(page, 'Việc khác', 'Nộp bản án ly hôn')
  await press(page, 'Gửi một yêu cầu')
  expect(await problems(page)).toContain('tình tiết mới')
  expect(await main(page).locator('.asklist').innerText).toBeDefined()
  await page.locator('#newFact').fill('Có đơn phản ánh ông đã từng kết hôn')
  await (await office.at('specialist')).look()
  await press(page, 'Gửi một yêu cầu')
  expect(await outcome(page)).toContain('đã gửi một yêu cầu bổ sung')
  await citizen.page.goto(`/ho-so/${asked.code}`)
  expect(await text(citizen.page)).toContain('Có đơn phản ánh ông đã từng kết hôn')
  await citizen.look()
})

test('a head stops it with a notice, by mistake; a leader restores it, and it goes on where it was', async () => {
  const head = await office.at('head')
  await openDossier(head.page, asked.code)
  await otherAct(head.page, 'Dừng giải quyết')
  await head.look()
  await press(head.page, /^Dừng giải quyết/)
  expect(await problems(head.page)).toContain('lý do')
  await head.page.locator('#reason').fill('Công dân không bổ sung <b>đúng hạn</b>')
  await press(head.page, /^Dừng giải quyết/)
  expect(await outcome(head.page)).toContain('đã dừng giải quyết')
  await citizen.page.goto(`/ho-so/${asked.code}`)
  expect(await text(citizen.page)).toContain('Công dân không bổ sung <b>đúng hạn</b>')
  expect(await paperText(citizen, 'Thông báo')).toContain('đúng hạn')
  await citizen.look()

  const leader = await office.at('leader')
  await openDossier(leader.page, asked.code)
  await otherAct(leader.page, 'Khôi phục hồ sơ')
  await leader.page.locator('#reason').fill('Dừng nhầm hồ sơ khác')
  await press(leader.page, /^Khôi phục/)
  expect(await text(leader.page)).toContain('Dừng nhầm hồ sơ khác')
  await leader.look()
  await citizen.page.goto(`/ho-so/${asked.code}`)
  const told = await text(citizen.page)
  expect(told).toContain('Hồ sơ được làm tiếp: lần kết thúc trước là nhầm')
  expect(told).toContain('Nộp bản án ly hôn')
  await citizen.look()
})

test('the citizen withdraws, and the desk has nothing left to do', async () => {
  const { page } = citizen
  await page.goto(`/ho-so/${asked.code}/rut`)
  await page.locator('#reason').fill('Không cần vay nữa')
  await page.locator('#sure').check()
  await press(page, 'Rút hồ sơ')
  await page.waitForURL('**?da-rut=1')
  await citizen.look()
  const specialist = await office.at('specialist')
  await openDossier(specialist.page, asked.code)
  expect(await text(specialist.page)).toContain('Không cần vay nữa')
  expect(await specialist.page.locator('.toolbar').innerText()).not.toContain('Yêu cầu bổ sung')
})

test('a head extends once, sees the day before, and the citizen gets an apology with the same day', async () => {
  const { code } = await past.inProgress('marital-status', 'citizen-lua', new Date())
  const head = await office.at('head')
  const { page } = head
  await openDossier(page, code)
  await otherAct(page, 'Gia hạn')
  await head.look()
  await press(page, /^Gia hạn/)
  expect(await problems(page)).toContain('gia hạn')
  const choice = page.locator('#days option[value="2"]')
  const day = /\d\d\/\d\d\/\d{4}/.exec(await choice.innerText())![0]
  await page.locator('#days').selectOption('2')
  await page.locator('#reason').fill('Chờ xã Bến Gỗ trả lời xác minh')
  await press(page, /^Gia hạn/)
  expect(await text(page)).toContain('Đã gia hạn')
  expect(await page.locator('.otheracts').innerText()).not.toContain('Gia hạn')

  await citizen.page.goto(`/ho-so/${code}`)
  const told = await text(citizen.page)
  expect(told).toMatch(new RegExp(`Cơ quan xin lỗi và xin lùi ngày trả đến thứ .* ${day}`))
  expect(told).toContain('Chờ xã Bến Gỗ trả lời xác minh')
  await citizen.look()
  const letter = await paperText(citizen, 'Thư xin lỗi')
  for (const words of ['Chờ xã Bến Gỗ trả lời xác minh', inWords(day)]) expect(letter).toContain(words)
})

test('an overdue dossier stands on the alarm list, is explained, and leaves it', async () => {
  const { code } = await past.inProgress('marital-status', 'citizen-lua', daysAgo(15))
  const head = await office.at('head')
  const { page } = head
  await page.goto('/can-bo/canh-bao')
  await head.look()
  const row = page.locator(`tr[data-row="${code}"]`)
  expect(await row.innerText()).toContain('Quá hạn, chưa xin lỗi')
  await row.getByRole('checkbox').check()
  await page.locator('#reason').fill('Xã Bến Gỗ chưa trả lời xác minh')
  await press(page, 'Giải trình các hồ sơ đã chọn')
  expect(await main(page).getByRole('alert').innerText()).toContain('Chọn ngày')
  expect(await page.locator('#reason').inputValue()).toBe('Xã Bến Gỗ chưa trả lời xác minh')
  await row.getByRole('checkbox').check()
  await page.locator('#until').fill(inDays(5))
  await press(page, 'Giải trình các hồ sơ đã chọn')
  await page.locator('.outcome--ok').waitFor()
  expect(await row.getByRole('checkbox').count()).toBe(0)
  expect(await row.innerText()).toContain('Hà Hải Lan')
  await head.look()

  const leader = await office.at('leader')
  await openDossier(leader.page, code)
  await otherAct(leader.page, 'Xin lỗi, hẹn lại ngày')
  await leader.page.locator('#newDate').fill(inDays(6))
  await leader.page.locator('#reason').fill('Xã Bến Gỗ trả lời chậm')
  await press(leader.page, /^Xin lỗi/)
  expect(await text(leader.page)).toContain('Xã Bến Gỗ trả lời chậm')
  await citizen.page.goto(`/ho-so/${code}`)
  const told = await text(citizen.page)
  expect(told).toContain('Cơ quan xin lỗi vì chậm. Ngày trả mới')
  expect(told).toContain('Xã Bến Gỗ trả lời chậm')
  expect(told).toContain('hồ sơ được tính là trễ')
  await citizen.look()
  expect(await paperText(citizen, 'Thư xin lỗi')).toContain('Xã Bến Gỗ trả lời chậm')
})

test('a wrong result: he writes, the leader corrects, the old paper names the new one', async () => {
  const { code } = await past.beforeTheLeader('marital-status', 'citizen-lua', new Date())
  const leader = await office.at('leader')
  await openDossier(leader.page, code)
  expect(await sign(leader.page)).toContain('đã duyệt')
  const clerk = await office.at('clerk')
  await openDossier(clerk.page, code)
  await pressKey(clerk.page, 't')

  const { page } = citizen
  await page.goto(`/ho-so/${code}`)
  await page.locator('#loi-nhan').fill('Năm sinh của tôi là 1988, giấy in thiếu')
  await press(page, 'Gửi lời nhắn')
  await page.waitForURL('**?da-nhan=1**')
  await citizen.look()
  expect(await paperText(citizen, 'Xem và tải')).toContain('Trịnh Văn Lúa')
  const { result: wrong } = await verifyCodesOf(code)

  const reception = await office.at('reception')
  await openDossier(reception.page, code)
  expect(await pressKey(reception.page, 'r')).toContain('đã trả kết quả')

  await openDossier(leader.page, code)
  expect(await text(leader.page)).toContain('Năm sinh của tôi là 1988')
  await otherAct(leader.page, 'Sửa kết quả sai')
  await leader.look()
  const purpose = leader.page.getByLabel('Mục đích ghi trên giấy')
  await purpose.fill('Vay vốn tại ngân hàng')
  await press(leader.page, /^Sửa kết quả/)
  for (const missing of ['Chọn một ý', 'lý do']) expect(await problems(leader.page)).toContain(missing)
  expect(await purpose.inputValue()).toBe('Vay vốn tại ngân hàng')
  await leader.page.locator('input[name="fault"][value="authority"]').check()
  await leader.page.locator('#reason').fill('In thiếu năm sinh')
  // A PIN is never sent back with what was typed.
  await leader.page.locator('.panel input[name=pin]').fill('2580')
  await press(leader.page, /^Sửa kết quả/)
  await leader.page.locator('.outcome--ok').waitFor()

  await page.goto(`/ho-so/${code}`)
  const told = await text(page)
  expect(told).toContain('Kết quả đã được sửa lại cho đúng')
  expect(told).toContain('In thiếu năm sinh')
  await citizen.look()
  expect(await paperText(citizen, 'Quyết định đính chính')).toContain('In thiếu năm sinh')
  expect(await paperText(citizen, 'Xem và tải')).toContain('Vay vốn tại ngân hàng')
  const { result: right } = await verifyCodesOf(code)
  expect(right).not.toBe(wrong)

  await page.goto(`/xac-minh/${wrong}`)
  expect(await text(page)).toContain('đã được thay bằng bản khác')
  await citizen.look()
  await page.getByRole('link', { name: 'Xem bản thay thế' }).click()
  await page.waitForURL(`**/xac-minh/${right}`)
  expect(await text(page)).toContain('đang có hiệu lực')

  await openDossier(reception.page, code)
  expect(await pressKey(reception.page, 'r')).toContain('đã trả kết quả')
  await page.goto(`/ho-so/${code}`)
  expect(await text(page)).toContain('Đã trả kết quả')
})

test('no browser complained on the way', () => {
  expect([...citizen.complaints(), ...office.complaints()]).toEqual([])
})

/** Marks one thing in the request and says what is wanted. */
async function ask(page: Traveller['page'], thing: string, words: string): Promise<void> {
  const item = page.locator('.asklist__item', { hasText: thing }).first()
  await item.getByRole('checkbox').check()
  await item.locator('textarea').fill(words)
}

const aPicture = async (name: string) => ({ name, mimeType: 'image/jpeg', buffer: await aPhotograph() })

/** What a paper of the dossier that is open on the phone says. */
async function paperText({ page, context }: Traveller, title: string): Promise<string> {
  const link = main(page)
    .getByRole('link', { name: new RegExp(title, 'i') })
    .first()
  const answer = await context.request.get((await link.getAttribute('href')) ?? '')
  expect(answer.headers()['content-type']).toBe('application/pdf')
  return (await pdfText(await answer.body())).join('\n').replaceAll(/\s+/g, ' ')
}

const hanoi = (instant: Date) => new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
const inDays = (days: number) => hanoi(daysAgo(-days))
/** "27/11/2026" as official papers write it. */
const inWords = (day: string) => day.replace(/(..)\/(..)\/(.*)/, 'ngày $1 tháng $2 năm $3')
const dayOf = (instant: string | null) => hanoi(new Date(instant!)).split('-').reverse().join('/')
