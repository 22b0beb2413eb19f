import { useEffect, useRef, useState } from 'react'
import { useT } from '../ui/shell'
import type { KeyHelp } from './shell'

/** Every key that does something here: those of the page, those on its buttons, and those of every page. */
export function KeysHelp({ keys }: { keys: readonly KeyHelp[] }) {
  const t = useT()
  const dialog = useRef<HTMLDialogElement>(null)
  // Without script there are no keys to explain.
  const [works, setWorks] = useState(false)
  const [onPage, setOnPage] = useState<readonly KeyHelp[]>([])
  useEffect(() => setWorks(true), [])
  if (!works) return null
  const open = () => {
    setOnPage(withoutDoubles([...keys, ...keysOnButtons()]))
    dialog.current?.showModal()
  }
  const everywhere: KeyHelp[] = [
    { keys: ['/'], does: t('work.keys.find') },
    { keys: ['?'], does: t('work.keys.help') },
    { keys: ['Esc'], does: t('work.keys.leave') },
  ]
  return (
    <>
      <button type="button" className="keys__help" data-hotkey="?" onClick={open}>
        <kbd>?</kbd> {t('work.keys.help')}
      </button>
      <dialog ref={dialog} className="keyshelp" aria-labelledby="keyshelp-title">
        <h2 id="keyshelp-title">{t('work.keys.title')}</h2>
        <p className="small soft">{t('work.keys.lead')}</p>
        <h3>{t('work.keys.page')}</h3>
        <KeyList keys={onPage} />
        <h3>{t('work.keys.everywhere')}</h3>
        <KeyList keys={everywhere} />
        <form method="dialog">
          <button type="submit" className="btn btn--second btn--small">
            {t('work.keys.close')} <kbd>Esc</kbd>
          </button>
        </form>
      </dialog>
    </>
  )
}

function KeyList({ keys }: { keys: readonly KeyHelp[] }) {
  return (
    <dl className="keyshelp__list">
      {keys.map(({ keys: names, does }) => (
        <div key={names.join(' ') + does}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What the buttons and links in sight say they do, with their keys. */
function keysOnButtons(): KeyHelp[] {
  const carriers = [...document.querySelectorAll<HTMLElement>('[data-hotkey]')]
  return carriers.flatMap((carrier) => {
    const key = carrier.dataset.hotkey ?? ''
    if (key === '?' || key === '/' || carrier.offsetParent === null) return []
    const does = wordsOn(carrier)
    return does ? [{ keys: [key === 'Escape' ? 'Esc' : key], does }] : []
  })
}

function wordsOn(carrier: HTMLElement): string {
  const copy = carrier.cloneNode(true) as HTMLElement
  for (const kbd of copy.querySelectorAll('kbd')) kbd.remove()
  const text = copy.textContent?.replace(/\s+/g, ' ').trim()
  return text || (carrier.getAttribute('aria-label') ?? carrier.getAttribute('title') ?? '')
}

// What the page says of a key goes before what its button says.
function withoutDoubles(keys: readonly KeyHelp[]): KeyHelp[] {
  const said = new Set<string>()
  return keys.filter(({ keys: names }) => {
    const isNew = names.some((name) => !said.has(name))
    for (const name of names) said.add(name)
    return isNew
  })
}
