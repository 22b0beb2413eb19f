import { useRef } from 'react'
import { Button, LinkButton } from '../ui/button'
import { useT } from '../ui/shell'
import type { DossierPageView } from './dossier.view'
import type { ActView } from './dossier-acts.view'

/** What can be done now. What needs no word is done at once; the rest opens where it is written. */
export function Toolbar({ view }: { view: DossierPageView & { query: string } }) {
  const t = useT()
  const rare = view.acts.filter((act) => act.rare)
  const shown = view.acts.filter((act) => !act.rare)
  const harms = shown.filter(({ kind }) => kind === 'harm')
  return (
    <>
      <h2 className="vh">{t('desk.dossier.actions')}</h2>
      {shown
        .filter(({ kind }) => kind !== 'harm')
        .map((act) => (
          <Act key={act.key} act={act} view={view} />
        ))}
      {rare.length > 0 && <OtherActs acts={rare} view={view} />}
      {harms.map((act) => (
        <Act key={act.key} act={act} view={view} />
      ))}
      {view.nothing && <span className="small soft">{view.nothing}</span>}
      <span className="toolbar__next small soft">{view.afterwards}</span>
    </>
  )
}

type Props = { act: ActView; view: DossierPageView & { query: string } }

function Act({ act, view }: Props) {
  if (act.panel === undefined) return <AtOnce act={act} sequence={view.sequence} />
  return (
    <LinkButton kind={act.kind} hotkey={act.hotkey} href={panelHref(view, act.panel)}>
      {act.label}
    </LinkButton>
  )
}

/** What is seldom done, folded; its key opens it and goes to the first. */
function OtherActs({ acts, view }: { acts: readonly ActView[]; view: Props['view'] }) {
  const t = useT()
  const here = useRef<HTMLDetailsElement>(null)
  const toFirst = () => here.current?.open && here.current.querySelector<HTMLElement>('li a')?.focus()
  const fold = () => {
    if (!here.current?.open) return
    here.current.open = false
    here.current.querySelector('summary')?.focus()
  }
  return (
    <details
      className="otheracts"
      ref={here}
      onToggle={toFirst}
      onKeyDown={(event) => event.key === 'Escape' && fold()}
    >
      <summary className="btn btn--second" data-hotkey=".">
        {t('desk.dossier.otherActs')} <kbd>.</kbd>
      </summary>
      <ul>
        {acts.map((act) => (
          <li key={act.key}>
            <Act act={act} view={view} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function AtOnce({ act, sequence }: { act: ActView; sequence: number }) {
  return (
    <form method="post">
      <input type="hidden" name="command" value={act.command} />
      <input type="hidden" name="sequence" value={sequence} />
      {act.taskNo !== null && <input type="hidden" name="taskNo" value={act.taskNo} />}
      {act.outcome && <input type="hidden" name="outcome" value={act.outcome} />}
      <Button kind={act.kind} hotkey={act.hotkey}>
        {act.label}
      </Button>
    </form>
  )
}

function panelHref({ query, code }: { query: string; code: string }, panel: string): string {
  const search = new URLSearchParams(query)
  search.set('viec', panel)
  return `/can-bo/ho-so/${code}?${search}#viec`
}
