import { Button, LinkButton } from '../ui/button'
import { useT } from '../ui/shell'
import type { DossierPageView } from './dossier.view'
import type { ActView } from './dossier-acts.view'

/** What can be done now. What needs no word is done at once; the rest opens where it is written. */
export function Toolbar({ view }: { view: DossierPageView & { query: string } }) {
  const t = useT()
  return (
    <>
      <h2 className="vh">{t('desk.dossier.actions')}</h2>
      {view.acts.map((act) =>
        act.panel ? (
          <LinkButton key={act.key} kind={act.kind} hotkey={act.hotkey} href={panelHref(view, act.panel)}>
            {act.label}
          </LinkButton>
        ) : (
          <AtOnce key={act.key} act={act} sequence={view.sequence} />
        ),
      )}
      {view.nothing && <span className="small soft">{view.nothing}</span>}
      <span className="toolbar__next small soft">{view.afterwards}</span>
    </>
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
