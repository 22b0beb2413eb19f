/** Speaks to screen readers after a moment of quiet, so that nobody is interrupted while typing. */
export interface Says {
  say(text: string): void
}

const quietMs = 600

export function saysThrough(region: HTMLElement | null): Says {
  let waiting: ReturnType<typeof setTimeout> | undefined
  let texts: string[] = []
  return {
    say(text) {
      texts = [...texts.filter((other) => other !== text), text]
      clearTimeout(waiting)
      waiting = setTimeout(() => {
        if (region) region.textContent = texts.join(' ')
        texts = []
      }, quietMs)
    },
  }
}
