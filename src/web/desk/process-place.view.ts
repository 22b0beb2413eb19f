import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Dossier } from 'motcua/modules/dossiers'
import type { CompiledProcess } from 'motcua/modules/processes'
import { momentText } from '../ui/format'

type Running = Pick<Dossier, 'tasks' | 'marking'>

/** Where a dossier stands on the drawing of its process, and what is behind it. */
export interface LivePosition {
  current: string[]
  done: string[]
}

const ofProcess = new Set(['step', 'wait'])

/**
 * The nodes that a dossier has behind it and those where it is: steps, waits, joins that wait for a sister, and the
 * parts around them. Of a dossier from before markings were kept, its open work says where it is. Pure.
 */
export function livePosition({ tasks, marking }: Running): LivePosition {
  const worked = tasks.flatMap(({ kind, stepId, closedAt }) =>
    stepId === null ? [] : [{ kind, stepId, open: closedAt === null }],
  )
  const current =
    marking === null
      ? worked.filter(({ open }) => open).map(({ stepId }) => stepId)
      : [...marking.tokens.map(({ at }) => at), ...marking.scopes.map(({ node }) => node)]
  const done = worked.filter(({ kind, open }) => !open && ofProcess.has(kind)).map(({ stepId }) => stepId)
  return { current: [...new Set(current)], done: [...new Set(done)] }
}

/** Where a dossier is now, in words: each step and wait, and until when it waits. Pure. */
export function placeLines(
  dossier: Running,
  { steps, waits, gateways }: Pick<CompiledProcess, 'steps' | 'waits' | 'gateways'>,
  locale: Locale,
): string[] {
  const t = messages(locale)
  const fires = new Map(dossier.marking?.timers.map(({ node, at }) => [node, at]))
  return livePosition(dossier).current.flatMap((node): string[] => {
    const found = steps[node] ?? waits[node] ?? gateways[node]
    if (!found) return []
    const name = found.name || node
    if (node in gateways) return [t('processPage.place.join', { name: found.name })]
    const at = fires.get(node)
    return [node in waits && at ? t('processPage.place.until', { name, at: momentText(at, locale) }) : name]
  })
}
