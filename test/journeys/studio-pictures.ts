import type { Page } from 'playwright-core'
import { press } from './filing.ts'
import type { Traveller } from './traveller.ts'

type Keep = (page: Page, name: string) => Promise<void>

const birth = '/thiet-ke/thu-tuc/1.001193'

/** Changes the birth form as the guide for officers tells it, and keeps a picture of each tool. */
export async function pictureTheStudio({ page, takeRole }: Traveller, keep: Keep): Promise<void> {
  await takeRole('control')
  await page.goto(birth)
  await page.locator('[name=title]').fill('Hỏi ý kiến người mẹ khi người khác đi khai')
  await page.locator('[name=reason]').fill('Nghị định mới về đăng ký hộ tịch')
  await press(page, 'Bắt đầu sửa')
  await page.waitForURL(/thay-doi/)
  const change = new URL(page.url()).pathname
  await openAt(page, `${change}/bieu-mau`)
  await addQuestion(page)
  await removeQuestion(page)
  await page.keyboard.press('Control+s')
  await page.locator('.fb__said').getByText('Đã lưu.').waitFor({ state: 'attached' })
  await page.getByRole('treeitem', { name: 'Mẹ của bé' }).click()
  await page.getByText('Đang kiểm tra…').waitFor({ state: 'detached' })
  await page.locator('.fb__middle').getByText('Chỉ hỏi câu này khi').scrollIntoViewIfNeeded()
  await keep(page, 'form-builder')
  await openAt(page, `${change}/quy-trinh`)
  await keep(page, 'step-table')
  await openAt(page, `${change}/chay-lai`)
  await press(page, 'Chạy lại hồ sơ cũ')
  await page.getByText(/khác đi, .* như cũ/).waitFor({ timeout: 120_000 })
  await keep(page, 'replay')
  await openAt(page, change)
  await keep(page, 'studio')
}

/** Asked only when somebody else than the mother declares. */
async function addQuestion(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: 'Anh/chị là gì của bé?' }).click()
  await page.getByRole('button', { name: 'Thêm câu hỏi' }).first().click()
  await page.locator('#fb-new-label').fill('Mẹ của bé đã đồng ý với tên này chưa?')
  await page.locator('#fb-new-type').selectOption('bool')
  await press(page, 'Thêm câu hỏi này')
  await page.locator('#fb-label-en').fill('Has the mother agreed to this name?')
  await page.getByRole('button', { name: 'Thêm điều' }).first().click()
  const row = page.locator('.rule__row').first()
  await row.locator('select[id$="-q"]').selectOption('requester.relation')
  await row.locator('select[id$="-o"]').selectOption('is-not')
  await row.locator('select[id$="-v"]').selectOption({ label: 'Mẹ' })
}

async function removeQuestion(page: Page): Promise<void> {
  await page.getByRole('treeitem', { name: 'Chức vụ của anh/chị' }).click()
  await page.keyboard.press('Delete')
  const anyway = page.getByRole('button', { name: 'Vẫn bỏ' })
  if (await anyway.isVisible()) await anyway.click()
}

/** Pages of the studio draw themselves anew once their script runs. */
async function openAt(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
}
