/** Asks after files that are still being checked and made PDF, and says in their line what became of them. */
export function watchFiles(tries = 0): void {
  const lines = [...document.querySelectorAll<HTMLElement>('[data-file-waiting]')]
  if (lines.length === 0 || tries > 60) return
  setTimeout(
    async () => {
      await Promise.all(lines.map(askAfter))
      watchFiles(tries + 1)
    },
    tries < 10 ? 1000 : 5000,
  )
}

async function askAfter(line: HTMLElement): Promise<void> {
  const address = `/tep/${line.dataset.fileWaiting}/trang-thai?lang=${document.documentElement.lang}`
  const answer = await fetch(address).catch(() => undefined)
  if (!answer?.ok) return
  const { text, waiting } = await answer.json()
  if (line.textContent !== text) line.textContent = text
  if (!waiting) delete line.dataset.fileWaiting
}
