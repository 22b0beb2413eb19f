/** Moves through `.slide`s by the keys of a presenter; without it the buttons at their feet and scrolling do the same. */
const steps: Readonly<Record<string, number>> = {
  ...{ ArrowRight: 1, ArrowDown: 1, PageDown: 1, ' ': 1 },
  ...{ ArrowLeft: -1, ArrowUp: -1, PageUp: -1 },
  ...{ Home: -Infinity, End: Infinity },
}

document.addEventListener('keydown', (event) => {
  const step = steps[event.key]
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
  const slides = [...document.querySelectorAll<HTMLElement>('.slide')]
  const to = Math.max(0, Math.min(slides.length - 1, shown(slides) + step))
  event.preventDefault()
  slides[to]?.scrollIntoView()
})

/** The slide that fills most of the screen: the last that begins above its middle. */
function shown(slides: readonly HTMLElement[]): number {
  const middle = window.innerHeight / 2
  return Math.max(
    0,
    slides.findLastIndex((slide) => slide.getBoundingClientRect().top < middle),
  )
}

// A module of its own: nothing here is global.
export {}
