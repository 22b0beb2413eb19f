import { createHash } from 'node:crypto'
import { canonicalJson } from '../../kernel/canonical-json.ts'
import {
  type SourceChoice,
  type TemplateDraft,
  TemplateDrafts,
  templateFacts,
  templateFindings,
  tryTemplates,
} from '../documents/index.ts'
import { draftFieldsFor } from '../dossiers/index.ts'
import type { Contents } from './contents.ts'
import type { PartProblem } from './prepare-publication.ts'

/**
 * What keeps the printed papers of a change from being published: what is no template, merge fields and conditions
 * that the procedure has nothing for, and whatever cannot be laid out for an invented dossier. Each template is laid
 * out in a process that may be killed, once for as long as its words stay the same.
 */
export async function templateProblems(contents: Contents): Promise<PartProblem[]> {
  if (contents.templates.length === 0) return []
  const parsed = TemplateDrafts.safeParse(contents.templates)
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({
      ...{
        part: 'templates' as const,
        at: path.join('.'),
        code: 'changes.part-invalid',
        details: { message },
      },
    }))
  const found = parsed.data.flatMap((draft) => findingsOf(draft, contents))
  return found.length > 0 ? found : triedOnce(parsed.data, contents)
}

function findingsOf(draft: TemplateDraft, contents: Contents): PartProblem[] {
  return templateFindings(draft, sourcesIn(contents)).map(({ code, params }) => ({
    ...{
      part: 'templates' as const,
      at: draft.name,
      code: `templateEditor.finding.${code}`,
      details: params,
    },
  }))
}

/** Everything that a template of this procedure may print, by its key. */
function sourcesIn({ form, procedure }: Contents): SourceChoice[] {
  const groups = (form.pages ?? []).flatMap((page) => page.groups ?? [])
  const keys = groups.flatMap((group) => (group.repeat ? [group.key] : group.fields.map(({ key }) => key)))
  const drafted = ['refusal', ...(procedure.results ?? []).map(({ template }) => template)].flatMap(
    (template) => draftFieldsFor(template).map(({ key }) => key),
  )
  const of = (kind: SourceChoice['from']['kind'], all: readonly string[]): SourceChoice[] =>
    all.map((key) => ({ from: { kind, key }, label: key, type: 'text' }))
  return [
    ...of('field', keys),
    ...of(
      'fact',
      templateFacts.map(({ key }) => key),
    ),
    ...of('draft', drafted),
  ]
}

const mostRemembered = 200
const remembered = new Map<string, Promise<PartProblem[]>>()

function triedOnce(drafts: readonly TemplateDraft[], { procedure }: Contents): Promise<PartProblem[]> {
  const key = createHash('sha256').update(canonicalJson(drafts)).digest('hex')
  const known = remembered.get(key)
  if (known) return known
  const trying = tried(drafts, { code: procedure.procedureCode, name: procedure.plainName })
  remembered.set(key, trying)
  for (const oldest of [...remembered.keys()].slice(0, remembered.size - mostRemembered))
    remembered.delete(oldest)
  // What was only busy, or broke down, is tried again the next time.
  const forget = () => remembered.delete(key)
  trying.then(
    (problems) => problems.some(({ code }) => code === 'documents.template-busy') && forget(),
    forget,
  )
  return trying
}

async function tried(
  drafts: readonly TemplateDraft[],
  procedure: { code: string; name: string },
): Promise<PartProblem[]> {
  const failed = await tryTemplates(drafts, procedure)
  const nameOf = (key: string) => drafts.find((draft) => draft.key === key)?.name ?? key
  return failed.map(({ key, refused }) => ({
    ...{ part: 'templates' as const, at: nameOf(key), code: refused.code, details: refused.details },
  }))
}
