import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { openBrowser } from '../harness/browser.ts'
import { historyIsThere, startServer } from '../harness/running-server.ts'
import { fileBirth, press } from './filing.ts'
import { pictureTheStudio } from './studio-pictures.ts'
import { aTraveller } from './traveller.ts'

const pagesOfTheChair = {
  alarms: '/can-bo/canh-bao',
  powers: '/can-bo/uy-quyen',
  calendar: '/can-bo/lich',
  process: '/can-bo/quy-trinh/building-permit/2',
}
const pagesOfTheIndex = { index: '/so-lieu/chi-so?ky=nam', map: '/so-lieu/ban-do?ky=nam' }
const folder = join(import.meta.dirname, '../../docs/pictures')
const [dataDir = ''] = process.argv.slice(2)
const server = await startServer({ dataDir, env: { MOTCUA_DEMO_DOSSIERS: '6000' } })
const browser = await openBrowser()
try {
  await takeAll(server.baseUrl)
} finally {
  await browser.close()
  await server.stop()
}

/** Goes through the story of the README and keeps what it says beside each picture. */
async function takeAll(baseUrl: string): Promise<void> {
  await historyIsThere(server)
  const phone = await aTraveller({ browser, baseUrl }, { width: 390 })
  const desk = await aTraveller({ browser, baseUrl }, { width: 1280 })
  await desk.page.goto('/')
  await keep(desk.page, 'home')
  await phone.takeRole('mother')
  const { code } = await fileBirth(phone.page, 'Nguyễn Bình An')
  await phone.page.goto('/thu-tuc/1.001193/nop')
  await press(phone.page, 'Bắt đầu')
  await press(phone.page, 'Lưu và tiếp tục')
  await keep(phone.page, 'form')
  await desk.takeRole('reception')
  await keep(desk.page, 'queue')
  await desk.page.goto(`/can-bo/ho-so/${code}`)
  await desk.page.locator('.toolbar').getByRole('button', { name: 'Tiếp nhận' }).click()
  await desk.page.locator('.outcome').first().waitFor()
  await desk.page.goto(`/can-bo/ho-so/${code}`)
  await keep(desk.page, 'dossier')
  await phone.page.goto(`/ho-so/${code}`)
  await keep(phone.page, 'status')
  await pictureThePapers(phone.page)
  await desk.takeRole('chair')
  for (const [name, path] of Object.entries(pagesOfTheChair)) {
    await desk.page.goto(path)
    await keep(desk.page, name)
  }
  await desk.page.goto('/so-lieu')
  await keep(desk.page, 'board')
  for (const [name, path] of Object.entries(pagesOfTheIndex)) {
    await desk.page.goto(path)
    await keep(desk.page, name)
  }
  await desk.takeRole('control')
  await draftMerger(desk.page)
  await keep(desk.page, 'reorganisation')
  await pictureTheStudio(desk, keep)
}

/** The store of papers, and what anybody reads who verifies one of them. */
async function pictureThePapers(page: Page): Promise<void> {
  await page.goto('/kho')
  await keep(page, 'vault')
  await page.locator('main .rows a').first().click()
  await page.waitForURL('**/kho/*')
  // A paper is printed when it is first opened; then its page names where it is verified.
  await page.request.get(`/kho/giay/${new URL(page.url()).pathname.split('/').at(-1)}`)
  await page.reload()
  await page.getByRole('link', { name: 'Xem trang xác minh của cơ quan cấp' }).click()
  await page.waitForURL('**/xac-minh/*')
  await keep(page, 'verify')
}

/** A merger as it stands before somebody approves it. */
async function draftMerger(page: Page): Promise<void> {
  await page.goto('/can-bo/sap-xep?viec=gop')
  for (const code of ['H99.40', 'H99.41']) await page.locator(`input[name="from"][value="${code}"]`).check()
  const stated = {
    ...{ 'code-0': 'H99.97', 'shortName-0': 'Xã Đồng Vải', 'commune-0': 'S9097', number: '97/NQ-HĐND' },
    ...{ issuedOn: '2026-11-16', issuedBy: 'Hội đồng nhân dân tỉnh Sông Mai', effectiveOn: '2027-01-01' },
    subject: 'Sắp xếp xã Đồng Rạ và xã Gò Vải',
  }
  for (const [id, value] of Object.entries(stated)) await page.locator(`#${id}`).fill(value)
  await press(page, 'Lưu và xem trước')
  await page.waitForURL('**/can-bo/sap-xep/*?xong=drafted')
}

/** A palette keeps a page of text and lines small in the repository. */
async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => true))
  const taken = await page.screenshot()
  await sharp(taken)
    .png({ palette: true, colours: 96, compressionLevel: 9, effort: 10 })
    .toFile(join(folder, `${name}.png`))
}
