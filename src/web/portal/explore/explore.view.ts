import { type Locale, messages } from 'motcua/kernel/i18n'
import { numberText, sizeText } from '../../ui/format'
import type { StateKind } from '../../ui/state'
import { type GroupKey, groups, type RequiredFunction, type Standing } from './functions'
import type { PageWeight } from './page-weights'

export interface FunctionLine {
  id: string
  name: string
  tag: { state: StateKind; text: string }
  link: string | null
  test: string | null
  note: string | null
}

export interface ExploreView {
  counts: string
  groups: { key: GroupKey; title: string; lines: FunctionLine[] }[]
}

const looks: Record<Standing, StateKind> = { met: 'ok', partly: 'info', 'not-yet': 'waiting' }

/** The required functions by group, with how far each is met. */
export function exploreView(functions: readonly RequiredFunction[], locale: Locale): ExploreView {
  const t = messages(locale)
  const count = (standing: Standing) => functions.filter((each) => each.standing === standing).length
  return {
    counts: t('explore.counts', { met: count('met'), partly: count('partly'), missing: count('not-yet') }),
    groups: groups.map((key) => ({
      key,
      title: t(`explore.group.${key}`),
      lines: functions
        .filter(({ group }) => group === key)
        .map(({ id, name, standing, link, test, note }) => ({
          id,
          name: name[locale],
          tag: { state: looks[standing], text: t(`explore.standing.${standing}`) },
          link: link ?? null,
          test: test ?? null,
          note: note?.[locale] ?? null,
        })),
    })),
  }
}

export interface WeightLine {
  path: string
  html: string
  styles: string
  fonts: string
  scripts: string
  total: string
}

/** Weights of pages as people read them. */
export function weightLines(weights: readonly PageWeight[], locale: Locale): WeightLine[] {
  const text = (bytes: number) => (bytes === 0 ? '0' : sizeText(bytes, locale))
  return weights.map(({ path, html, styles, fonts, scripts }) => ({
    path,
    html: text(html),
    styles: text(styles),
    fonts: text(fonts),
    scripts: text(scripts),
    total: text(html + styles + fonts + scripts),
  }))
}

export interface Proof {
  dossiers: number
  entries: number
  brokenChains: number
  differingRows: number
  differingFigures: number
  ms: number
}

export interface ProofView {
  sound: boolean
  title: string
  lines: string[]
}

/** What recomputing everything from the journal found. */
export function proofView(proof: Proof, locale: Locale): ProofView {
  const t = messages(locale)
  const sound = proof.brokenChains + proof.differingRows + proof.differingFigures === 0
  const n = (value: number) => numberText(value, locale)
  return {
    sound,
    title: t(sound ? 'explore.proof.sound' : 'explore.proof.unsound'),
    lines: [
      t('explore.proof.read', {
        dossiers: n(proof.dossiers),
        entries: n(proof.entries),
        seconds: numberText(proof.ms / 1000, locale, 1),
      }),
      t('explore.proof.chains', { count: n(proof.brokenChains) }),
      t('explore.proof.rows', { count: n(proof.differingRows) }),
      t('explore.proof.figures', { count: n(proof.differingFigures) }),
    ],
  }
}
