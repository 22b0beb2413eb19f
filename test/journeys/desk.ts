import type { Page } from 'playwright-core'

export const openDossier = (page: Page, code: string) => page.goto(`/can-bo/ho-so/${code}`)

/** Presses a button of the open dossier's toolbar. */
export const act = (page: Page, name: string | RegExp) =>
  page.locator('.toolbar').getByRole('button', { name }).or(page.locator('.toolbar').getByRole('link', { name })).first().click()

/** What the page says became of the last act. */
export const outcome = (page: Page) => page.locator('.outcome').first().innerText()
