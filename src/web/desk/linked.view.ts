import { type Locale, messages } from 'motcua/kernel/i18n'
import type { Branch, HistoryItem } from 'motcua/modules/dossiers'
import { dateText } from '../ui/format'
import type { StateKind } from '../ui/state'

/** What is looked up of a linked filing before its panel is drawn. */
export interface LinkedFacts {
  /** The filing, with its name; a link when the officer may open it. */
  filing: { code: string; procedure: string; opens: boolean }
  branches: readonly Branch[]
  /** Names of branches and authorities by key and code. */
  names: Readonly<Record<string, string>>
  places: Readonly<Record<string, string>>
  /** Codes of branches that the officer may open. */
  opens: ReadonlySet<string>
  /** Open tasks of looking after somebody: the branch that failed, the one it is about, and what the plan says. */
  todo: readonly { cause: string; about: string; text: string | null }[]
  /** The branch that is looked at; null on the page of the filing. */
  at: string | null
  now: Date
  locale: Locale
}

export interface LinkedRow {
  key: string
  name: string
  place: string
  state: { kind: StateKind; text: string }
  note: string
  link: { href: string; text: string } | null
  here: boolean
}

export interface LinkedView {
  title: string
  lead: string
  /** The filing of a branch. */
  filing: { text: string; href: string | null } | null
  rows: LinkedRow[]
  todo: string[]
  words: { todo: string; here: string; sisters: string }
}

/** The panel of a linked filing, or of a branch with its sisters. Pure. */
export function linkedView(facts: LinkedFacts): LinkedView {
  const { filing, at, locale } = facts
  const t = messages(locale)
  const group = at === null
  return {
    title: group ? t('linked.group.title') : t('linked.branch.title'),
    lead: group ? `${t('linked.group.lead')} ${t('linked.group.waits')}` : '',
    filing: group
      ? null
      : {
          text: t('linked.branch.of', { procedure: filing.procedure, code: filing.code }),
          href: filing.opens ? `/can-bo/ho-so/${filing.code}` : null,
        },
    rows: facts.branches.map((branch) => rowOf(branch, facts)),
    todo: facts.todo.map(({ cause, about, text }) => {
      const branch = facts.names[about] ?? about
      const said =
        cause === about
          ? t('linked.todo.failed', { branch })
          : t('linked.todo.lost', { branch, cause: facts.names[cause] ?? cause })
      return text === null || cause !== about ? said : `${said} ${text}`
    }),
    words: {
      todo: t('linked.todo.title'),
      here: t('linked.branch.here'),
      sisters: t('linked.branch.sisters'),
    },
  }
}

function rowOf(branch: Branch, { names, places, opens, at, now, locale }: LinkedFacts): LinkedRow {
  const t = messages(locale)
  const { key, code, competent } = branch
  const here = key === at
  return {
    key,
    name: names[key] ?? branch.name,
    place: competent === null ? t('linked.nobody') : (places[competent] ?? competent),
    state: stateOf(branch, now, locale),
    note: noteOf(branch, at, locale),
    link:
      code !== null && !here && opens.has(code)
        ? { href: `/can-bo/ho-so/${code}`, text: t('linked.open', { code }) }
        : null,
    here,
  }
}

const kinds = {
  waiting: 'waiting',
  running: 'info',
  late: 'bad',
  paused: 'paused',
  granted: 'ok',
  refused: 'bad',
  ended: 'bad',
  revoked: 'bad',
  'not-started': 'warn',
} as const satisfies Record<string, StateKind>

function stateOf({ state, reason, dueAt }: Branch, now: Date, locale: Locale): LinkedRow['state'] {
  const late = state === 'running' && dueAt !== null && Date.parse(dueAt) < now.getTime()
  const shown = late ? 'late' : reason === 'revoked' ? 'revoked' : state
  return { kind: kinds[shown], text: messages(locale)(`linked.state.${shown}`) }
}

// Dates of other authorities' work are for whoever watches over the whole.
function noteOf({ state, reason, dueAt, endedAt }: Branch, at: string | null, locale: Locale): string {
  const t = messages(locale)
  if (reason !== null) return t(`linked.why.${reason}`)
  if (at !== null) return ''
  if (endedAt !== null) return t('linked.ended', { at: dateText(endedAt) })
  return state === 'running' && dueAt !== null ? t('linked.due', { due: dateText(dueAt) }) : ''
}

/** What an entry of the history says that changed among the branches of a linked filing. */
export function branchNews(item: HistoryItem, history: readonly HistoryItem[], locale: Locale): string[] {
  if (item.kind !== 'dossiers.branches-changed') return []
  const before = history.findLast((each) => each.sequence < item.sequence && branchesIn(each) !== undefined)
  const known = new Map((before ? branchesIn(before)! : []).map((branch) => [branch.key, branch.state]))
  return (branchesIn(item) ?? [])
    .filter(({ key, state }) => known.get(key) !== state)
    .map((branch) => `${branch.name}: ${stateOf(branch, new Date(item.at), locale).text.toLowerCase()}`)
}

const branchesIn = ({ data }: HistoryItem) => (data as { branches?: Branch[] }).branches
