import type { Page } from 'playwright-core'

export const openDossier = (page: Page, code: string) => page.goto(`/can-bo/ho-so/${code}`)

/** Presses a button or link of the open dossier's toolbar by its words. */
export async function act(page: Page, name: string): Promise<void> {
  const bar = page.locator('.toolbar')
  await bar.getByRole('button', { name }).or(bar.getByRole('link', { name })).first().click()
}

/** Presses the key of an act that leads away from the dossier, and waits for what the next page says became of it. */
export async function pressKey(page: Page, key: string): Promise<string> {
  await page.locator('.toolbar').waitFor()
  await keysWork(page)
  await page.keyboard.press(key)
  return outcome(page)
}

/** Signs as a leader: T asks for the PIN, which a demonstration fills in, and Enter signs. Gives what became of it. */
export async function sign(page: Page): Promise<string> {
  await page.locator('.toolbar').waitFor()
  await keysWork(page)
  await page.keyboard.press('t')
  await page.locator('.panel input[name=pin]').press('Enter')
  return outcome(page)
}

/** Waits until the script of a desk page has taken over: before that the keys are only written on the buttons. */
export async function keysWork(page: Page): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await page.waitForFunction(hasTakenOver, undefined, { timeout: 15_000 })
      return
    } catch (error) {
      // A page that was left while it was asked never answers; the one that came instead does.
      if (tries === 4) throw error
    }
  }
}

function hasTakenOver(): boolean | Promise<boolean> {
  const mark = 'ready' in document.documentElement.dataset
  // A page that came by a link is listened to a moment after it is drawn; an idle one is sure to have come so far.
  const idle = (done: (now: boolean) => void) => requestIdleCallback(() => setTimeout(() => done(true), 50))
  return mark && new Promise<boolean>((done) => requestAnimationFrame(() => idle(done)))
}

/** What the page says became of the last act. */
export const outcome = (page: Page) => page.locator('.outcome').first().innerText()

/** Opens "other acts" and follows one of them to where it is written. */
export async function otherAct(page: Page, name: string): Promise<void> {
  await page.locator('.otheracts summary').click()
  await page.locator('.otheracts').getByRole('link', { name }).first().click()
  await page.locator('.panel').waitFor()
}
