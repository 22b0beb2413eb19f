import { messages } from 'motcua/kernel/i18n'
import {
  baseContents,
  hashOf,
  mayOpenPast,
  type ReplayKind,
  type ReplayLine,
  type ReplayRun,
  replayFor,
  replayKinds,
  replayLines,
} from 'motcua/modules/changes'
import { listAuthorities } from 'motcua/modules/directory'
import { momentText, numberText } from '../../ui/format'
import type { StudioChange } from '../studio-source'
import { replayNames, replaySentences } from './replay.view'

const pageSize = 50

/** Which differences are asked for, and after which dossier. */
export function askedLines(request: Request) {
  const search = new URL(request.url).searchParams
  const after = search.get('sau') ?? ''
  return {
    kind: replayKinds.find((each) => each === search.get('loai')) ?? null,
    after: /^\d{1,9}$/.test(after) ? Number(after) : 0,
  }
}

/** The last run of a change with a page of its lines. */
export async function replayView(studio: StudioChange, asked: ReturnType<typeof askedLines>) {
  const { page, officer, change } = studio
  const run = await replayFor(page.app.db, officer, change.id)
  if (!run) return { run: null, lines: [], next: null, ...asked }
  const [found, say] = await Promise.all([
    replayLines(page.app.db.pool, run.id, { ...asked, limit: pageSize + 1 }),
    sayer(studio),
  ])
  const opensBlacked = await mayOpenPast(page.app.db, officer)
  const shown = found.slice(0, pageSize)
  return {
    run: await runView(run, studio),
    lines: shown.map((line) => ({
      code: line.code,
      href: opensTo(studio.officer, line.code, line.authority)
        ? `/can-bo/ho-so/${line.code}`
        : opensBlacked
          ? `/thiet-ke/thay-doi/${change.id}/chay-lai/${line.code}`
          : null,
      authority: say.authority(line.authority),
      says: say.line(line),
    })),
    next: found.length > pageSize ? shown.at(-1)!.place : null,
    ...asked,
  }
}

/**
 * Whether the page of a dossier opens to an officer: at one of their authorities it is received or settled, or was before
 * a merger. To everybody else it does not exist, so its code is no link.
 */
export function opensTo({ posts }: StudioChange['officer'], code: string, authority?: string): boolean {
  const concerned = [code.split('-')[0], authority]
  return posts.some(({ authorityCode, archives = [] }) =>
    [authorityCode, ...archives].some((each) => concerned.includes(each)),
  )
}

/** How lines are said: with the names of questions, papers and authorities. */
export async function sayer({ page, change, contents }: StudioChange) {
  const { app, locale } = page
  const [before, authorities] = await Promise.all([
    change.base.procedure === null ? null : baseContents(app.db, change),
    listAuthorities(app.db),
  ])
  const byCode = new Map(
    authorities.flatMap(({ code, communeCode, shortName }) => [
      [code, shortName] as const,
      ...(communeCode ? [[communeCode, shortName] as const] : []),
    ]),
  )
  const authority = (code: string) => byCode.get(code) ?? code
  const names = replayNames({ before, after: contents }, authority, locale)
  return { authority, line: (line: ReplayLine) => replaySentences(line, names, locale) }
}

async function runView(run: ReplayRun, { page, change, contents }: StudioChange) {
  const { app, locale } = page
  const t = messages(locale)
  const { looked, total, erased, differing, counts, problem, authorities } = run
  const before = change.base.procedure === null ? null : await baseContents(app.db, change)
  const number = (count: number) => numberText(count, locale)
  return {
    running: run.finishedAt === null,
    share: total > 0 ? Math.min(1, looked / total) : 0,
    progress: t('replay.run.progress', { looked: number(looked), total: number(total) }),
    done: t('replay.run.done', {
      ...{ looked: number(looked), differing: number(differing), same: number(looked - erased - differing) },
    }),
    erased: erased > 0 ? t('replay.run.erased', { erased: number(erased) }) : null,
    scope:
      authorities === null
        ? t('replay.run.scopeAll')
        : t('replay.run.scopeOwn', { count: authorities.length }),
    at: momentText(run.askedAt, locale),
    stale: before !== null && hashOf(before, contents) !== run.rulesHash,
    problem:
      problem === 'replay.changed-since'
        ? t('replay.changed-since')
        : problem === null
          ? null
          : t('replay.run.failed'),
    differing,
    counts: replayKinds
      .filter((kind) => (counts[kind] ?? 0) > 0)
      .map((kind: ReplayKind) => ({ kind, label: t(`replay.kind.${kind}`), count: counts[kind]! })),
  }
}
