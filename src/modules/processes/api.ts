import { z } from '@hono/zod-openapi'
import type { Db } from '../../kernel/db.ts'
import { refusal } from '../../kernel/errors.ts'
import { defineRoute } from '../../kernel/http.ts'
import type { Locale } from '../../kernel/i18n.ts'
import { dateOfLaw } from '../../kernel/time.ts'
import { longestHours } from './check-process.ts'
import type { ProcessProblem } from './compiled-process.ts'
import { exportVersion } from './export-version.ts'
import { previewProcess } from './preview-process.ts'
import { problemText } from './problem-text.ts'
import { findProcessVersion, type ProcessVersion } from './process-store.ts'
import { proceduresUsing } from './process-use.ts'
import { publicationFacts } from './publication-facts.ts'
import { type PublishedVersion, publishedVersions } from './publication-store.ts'

interface App {
  db: Db
}

/** Whoever works on dossiers or with their figures may read how they are worked on. */
const readers = { officer: true, system: 'board:read' } as const

const Listed = z
  .object({
    key: z.string(),
    name: z.string(),
    versions: z.array(
      z.object({
        version: z.int(),
        validFrom: z.iso.date(),
        validTo: z.iso.date().nullable(),
        publishedAt: z.iso.datetime(),
        decision: z.object({ number: z.string(), on: z.iso.date() }).nullable(),
        withdrawn: z.boolean(),
      }),
    ),
    procedures: z.array(z.object({ code: z.string(), name: z.string() })),
  })
  .openapi('Process')

const presentVersion = ({
  version,
  validFrom,
  validTo,
  publishedAt,
  decision,
  withdrawn,
}: PublishedVersion) => ({
  ...{ version, validFrom, validTo, publishedAt, decision },
  withdrawn: withdrawn !== null,
})

const list = defineRoute<App, { kind: 'officer' }>({
  method: 'get',
  path: '/processes',
  summary: 'Internal processes with their versions and the procedures that use them',
  tag: 'processes',
  access: readers,
  answer: z.object({ items: z.array(Listed) }),
  handle: async ({ app, now }) => {
    const versions = await publishedVersions(app.db.pool)
    const byKey = Map.groupBy(versions, ({ key }) => key)
    const uses = await proceduresUsing(app.db, [...byKey.keys()], dateOfLaw(now))
    return {
      items: [...byKey].map(([key, all]) => ({
        key,
        name: all[0]!.name,
        versions: all.map(presentVersion),
        procedures: uses
          .filter(({ processKey }) => processKey === key)
          .map(({ code, name }) => ({ code, name })),
      })),
    }
  },
})

const VersionParams = z.object({
  key: z.string().max(80),
  version: z.coerce.number().int().min(1).max(1_000_000),
})

const Step = z.object({
  id: z.string(),
  name: z.string(),
  /** `step` is done by somebody; `message` and `timer` are waited for. */
  kind: z.enum(['step', 'message', 'timer']),
  role: z.string(),
  unitKind: z.string(),
  authority: z.enum(['receiving', 'competent']),
  hours: z.number(),
  outcomes: z.array(z.string()),
})

const Version = z
  .object({
    key: z.string(),
    version: z.int(),
    name: z.string(),
    validFrom: z.iso.date(),
    validTo: z.iso.date().nullable(),
    withdrawn: z.boolean(),
    /** Working hours along the longest way. */
    longestHours: z.number(),
    steps: z.array(Step),
  })
  .openapi('ProcessVersion')

function present({ key, version, validFrom, validTo, withdrawn, compiled }: ProcessVersion) {
  const { name, steps, waits } = compiled
  const what = ({ stepId: id, name, role, unitKind, authority, hours }: (typeof steps)[string]) => ({
    ...{ id, name, role, unitKind, authority, hours },
  })
  return {
    ...{ key, version, name, validFrom, validTo, withdrawn, longestHours: longestHours(compiled) },
    steps: [
      ...Object.values(steps).map((step) => ({ ...what(step), kind: 'step', outcomes: step.outcomes })),
      ...Object.values(waits).map((wait) => ({
        ...what({ ...wait, outcomes: [] }),
        kind: wait.awaits.is,
        outcomes: [],
      })),
    ],
  }
}

const noSuchVersion = (params: { key: string; version: number }) =>
  refusal('not-found', 'processPage.unknown', params)

const read = defineRoute<App, { kind: 'officer' }, typeof VersionParams>({
  method: 'get',
  path: '/processes/{key}/versions/{version}',
  summary: 'One version of a process: its steps, who does them and within how many working hours',
  tag: 'processes',
  access: readers,
  params: VersionParams,
  answer: Version,
  handle: async ({ app, params }) => {
    const found = await findProcessVersion(app.db, params.key, params.version)
    return found ? present(found) : noSuchVersion(params)
  },
})

// A browser would run the script of a drawing that somebody brought along.
const drawnElsewhere = {
  'content-type': 'application/xml; charset=utf-8',
  'content-security-policy': "sandbox; default-src 'none'",
}

const download = defineRoute<App, { kind: 'officer' }, typeof VersionParams>({
  method: 'get',
  path: '/processes/{key}/versions/{version}/bpmn',
  summary: 'The BPMN 2.0 file of a version, as it was published',
  tag: 'processes',
  access: readers,
  params: VersionParams,
  answer: z.string(),
  handle: async ({ app, params }) => {
    const xml = await exportVersion(app.db, params.key, params.version)
    if (xml === undefined) return noSuchVersion(params)
    const name = `${params.key.replace(/[^\w.-]/g, '_')}-${params.version}.bpmn`
    return new Response(xml, {
      headers: { ...drawnElsewhere, 'content-disposition': `attachment; filename="${name}"` },
    })
  },
})

const Told = z.object({ code: z.string(), element: z.string().nullable(), message: z.string() })
const CheckBody = z.object({ xml: z.string().min(1) })

const Checked = z
  .object({
    runs: z.boolean(),
    key: z.string().nullable(),
    name: z.string().nullable(),
    problems: z.array(Told),
    warnings: z.array(Told),
    longestHours: z.number().nullable(),
    /** How its steps differ from the last version; null for a new process. */
    changes: z
      .array(
        z.object({
          stepId: z.string(),
          change: z.enum(['added', 'removed', 'changed']),
          parts: z.array(z.object({ part: z.string(), from: z.string(), to: z.string() })),
        }),
      )
      .nullable(),
  })
  .openapi('CheckedProcess')

const check = defineRoute<App, { kind: 'officer' }, undefined, undefined, undefined, typeof CheckBody>({
  method: 'post',
  path: '/processes/checks',
  summary: 'Check a BPMN 2.0 file as publishing would; nothing is stored',
  tag: 'processes',
  access: { officer: ['control'] },
  body: CheckBody,
  answer: Checked,
  handle: async ({ app, body, now, locale }) => {
    const preview = await previewProcess(body.xml, await publicationFacts(app.db, now))
    const { process, problems, warnings, hours, changes } = preview
    return {
      runs: process !== null && problems.length === 0,
      key: process?.id ?? null,
      name: process?.name ?? null,
      problems: problems.map((each) => tell(each, locale)),
      warnings: warnings.map((each) => tell(each, locale)),
      longestHours: hours,
      changes: changes?.map(({ stepId, change, parts }) => ({ stepId, change, parts })) ?? null,
    }
  },
})

const tell = (problem: ProcessProblem, locale: Locale) => ({
  code: problem.code,
  element: problem.element,
  message: problemText(problem, locale),
})

/** REST routes of processes. */
export const processRoutes = [list, check, read, download]
