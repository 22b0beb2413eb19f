import { expect, inject, test } from 'vitest'
import { theBrowser } from './browser.ts'
import { act, openDossier, otherAct, outcome, pressKey } from './desk.ts'
import { press, problems, text } from './filing.ts'
import { anOffice } from './office.ts'
import { thePast } from './past.ts'
import { aTraveller } from './traveller.ts'

const { baseUrl } = inject('journeyServer')
const browser = await theBrowser()
const citizen = await aTraveller({ browser, baseUrl }, { width: 360, scripts: false })
const office = anOffice({ browser, baseUrl })

await citizen.takeRole('business')
const past = await thePast()
const now = new Date()
const single = (at = now) => past.inProgress('marital-status', 'citizen-lua', at)

test('of several that a leader approves together, what was sent back or withdrawn meanwhile is told apart', async () => {
  const codes: string[] = []
  for (let i = 0; i < 4; i++)
    codes.push((await past.beforeTheLeader('marital-status', 'citizen-lua', now)).code)
  const leader = await office.at('leader')
  const { page } = leader
  await page.goto('/can-bo/ky')
  for (const code of codes) await page.locator(`tr[data-row="${code}"]`).getByRole('checkbox').check()
  await leader.look()

  const colleague = await office.at('otherLeader')
  await openDossier(colleague.page, codes[1]!)
  await act(colleague.page, 'Trả lại bước trước')
  await colleague.page.locator('#reason').fill('Sai nơi cư trú')
  await press(colleague.page, /^Trả lại/)
  await colleague.page.locator('.outcome--ok').waitFor()
  await citizen.page.goto(`/ho-so/${codes[2]}/rut`)
  await citizen.page.locator('#reason').fill('Không cần nữa')
  await citizen.page.locator('#sure').check()
  await press(citizen.page, 'Rút hồ sơ')
  await citizen.page.waitForURL('**?da-rut=1')

  await press(page, /^Ký số và duyệt/)
  const told = await outcome(page)
  expect(told).toContain('2 trên 4')
  for (const refused of [1, 2]) expect(told).toContain(`${codes[refused]}: Vừa có người xử lý`)
  for (const approved of [0, 3]) expect(told).not.toContain(`${codes[approved]}: `)
  await leader.look()
})

test('two officers on one dossier: the second is told, and the words are kept', async () => {
  const { code } = await single()
  const second = await office.at('colleague')
  await openDossier(second.page, code)
  await act(second.page, 'Yêu cầu bổ sung')
  const item = second.page.locator('.asklist__item', { hasText: 'Dùng giấy này' })
  await item.getByRole('checkbox').check()
  await item.locator('textarea').fill('Ghi rõ tên ngân hàng')
  const first = await office.at('specialist')
  await openDossier(first.page, code)
  expect(await pressKey(first.page, 't')).toContain('đã chuyển bước sau')

  await press(second.page, 'Gửi một yêu cầu')
  expect(await problems(second.page)).toContain('Vừa có người xử lý hồ sơ này')
  expect(await item.locator('textarea').inputValue()).toBe('Ghi rõ tên ngân hàng')
  await second.look()
  // Looked at again, it can be sent on what stands now.
  await press(second.page, 'Gửi một yêu cầu')
  expect(await outcome(second.page)).toContain('đã gửi một yêu cầu bổ sung')

  await openDossier(first.page, code)
  await act(first.page, 'Nhắn người nộp')
  await first.page.locator('#text').fill('Đã gọi cho ông Lúa')
  const head = await office.at('head')
  await openDossier(head.page, code)
  await otherAct(head.page, 'Dừng giải quyết')
  await head.page.locator('#reason').fill('Công dân xin dừng')
  await press(head.page, /^Dừng giải quyết/)
  await head.page.locator('.outcome--ok').waitFor()
  await press(first.page, /^Nhắn/)
  expect(await problems(first.page)).toContain('Vừa có người xử lý hồ sơ này')
  expect(await text(first.page)).toContain('Đã gọi cho ông Lúa')
})

test('another commune is asked, answers in confidence, and the step may go on', async () => {
  const { code } = await single()
  const specialist = await office.at('specialist')
  const { page } = specialist
  await openDossier(page, code)
  await otherAct(page, 'Xin ý kiến')
  await press(page, /^Xin ý kiến/)
  for (const missing of ['câu hỏi', 'Chọn ngày']) expect(await problems(page)).toContain(missing)
  await specialist.look()
  await page.locator('#place').selectOption('H99.13')
  await page.locator('#question').fill('Ông Lúa đã đăng ký kết hôn ở xã Bến Gỗ chưa?')
  await page.locator('#replyBy').fill((await page.locator('#replyBy').getAttribute('max')) ?? '')
  await page.locator('#confidential').check()
  await press(page, /^Xin ý kiến/)
  expect(await text(page)).toContain('Ông Lúa đã đăng ký kết hôn ở xã Bến Gỗ chưa?')
  await act(page, 'Chuyển:')
  expect(await problems(page)).toContain('ý kiến')
  await specialist.look()
  await citizen.page.goto(`/ho-so/${code}`)
  expect(await text(citizen.page)).not.toContain('đã đăng ký kết hôn')
  await citizen.look()

  const elsewhere = await office.at('elsewhere')
  await elsewhere.page.goto('/can-bo/viec?view=consult')
  await elsewhere.look()
  await elsewhere.page.locator(`tr[data-row^="${code}"] a[data-open]`).click()
  await elsewhere.page.waitForURL(`**/${code}**`)
  await act(elsewhere.page, 'Trả lời ý kiến')
  await elsewhere.page.locator('.panel').waitFor()
  expect(await elsewhere.page.locator('.panel__question').innerText()).toContain('Ông Lúa đã đăng ký')
  await elsewhere.look()
  await elsewhere.page.locator('input[name="stance"][value="agree"]').check()
  await elsewhere.page.locator('#text').fill('Sổ hộ tịch xã không có')
  await press(elsewhere.page, /^Trả lời/)
  await elsewhere.page.locator('.outcome--ok').waitFor()

  await openDossier(page, code)
  expect(await page.locator('.opinions').innerText()).toContain('Sổ hộ tịch xã không có')
  const outside = await office.at('elsewhereLeader')
  await openDossier(outside.page, code)
  expect(await text(outside.page)).not.toContain('Sổ hộ tịch xã không có')
  expect(await outside.page.locator('.opinions').innerText()).toContain('Nội dung mật')
  expect(await pressKey(page, 't')).toContain('đã chuyển bước sau')
})

test('an officer finds their own dossier closed to them, with where to read it instead', async () => {
  const { page } = await office.at('otherReception')
  await page.goto('/can-bo/tai-quay?tt=2.000815')
  await page.locator('[name="visitor.name"]').fill('Đỗ Quang Vinh')
  await page.locator('[name="visitor.personalId"]').fill('099085000022')
  await page.locator('[name="requester.fullName"]').fill('Đỗ Quang Vinh')
  await page.locator('[name="originals[0].paperType"]').fill('Bằng tốt nghiệp')
  await page.locator('[name="originals[0].pages"]').fill('1')
  await page.locator('[name="originals[0].copies"]').fill('1')
  await press(page, /Nhận và làm ngay/)
  await page.waitForURL('**xong=**')
  const code = new URL(page.url()).searchParams.get('xong') ?? ''

  const own = await office.at('specialist')
  const answer = await own.page.goto(`/can-bo/ho-so/${code}`)
  expect(answer?.status()).toBe(403)
  expect(await text(own.page)).toContain('Anh/chị không xử lý hồ sơ này')
  await own.look()
  const colleague = await office.at('colleague')
  expect((await colleague.page.goto(`/can-bo/ho-so/${code}`))?.status()).toBe(200)
})

test('no browser complained on the way', () => {
  expect([...citizen.complaints(), ...office.complaints()]).toEqual([])
})
