import { findMessage, type Locale, messages } from 'motcua/kernel/i18n'
import type { ReorganisationProblem } from 'motcua/modules/directory'
import type { Problem } from '../ui/error-summary'
import { type FormKind, formKinds, mostTargets } from './reorganise-words'

/** What was typed, as it was typed. */
export interface ReorganiseValues {
  kind: FormKind
  fields: Record<string, string>
  from: string[]
}

/** What the lines are made from besides what was typed. */
export interface FormFacts {
  /** Above the new authorities. */
  parentCode: string
  /** The kind of the first source, of which the new ones are. */
  authorityKind: string
}

/** Reads the form; whatever is not understood is left to the model, which names all that is wrong. */
export function readReorganiseForm(form: FormData): ReorganiseValues {
  const asked = String(form.get('kind') ?? '')
  const kind = formKinds.find((each) => each === asked) ?? 'merge'
  const fields: Record<string, string> = {}
  for (const [name, value] of form)
    if (typeof value === 'string' && name !== 'from') fields[name] = value.slice(0, 20_000)
  return { kind, fields, from: form.getAll('from').map(String).slice(0, 500) }
}

/** The decision that a form states, for the model to judge. */
export function requestOf(values: ReorganiseValues, facts: FormFacts): unknown {
  const { kind, fields } = values
  return {
    number: textOf(fields, 'number'),
    issuedOn: textOf(fields, 'issuedOn'),
    issuedBy: textOf(fields, 'issuedBy'),
    title: textOf(fields, 'title'),
    effectiveOn: textOf(fields, 'effectiveOn'),
    grants: fields.grants === 'follow' ? 'follow' : 'end',
    lines: linesOf[kind](values, facts),
  }
}

const textOf = (fields: Record<string, string>, name: string) => fields[name]?.trim() || undefined

const linesOf: Record<FormKind, (values: ReorganiseValues, facts: FormFacts) => unknown[]> = {
  merge({ fields, from }, facts) {
    const into = fields.into && fields.into !== 'new' ? fields.into : undefined
    const authority = into ? null : newAuthority(fields, 0, facts)
    return [{ kind: 'merge', from, into: into ?? textOf(fields, 'code-0') ?? '', authority }]
  },
  split({ fields, from }, facts) {
    const targets = targetsOf(fields)
    const codeOf = (choice: string | undefined) =>
      choice === 'self' ? from[0] : choice ? textOf(fields, `code-${choice}`) : undefined
    const rules = targets.flatMap((no) => {
      const units = Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith('unit:') && value === String(no) ? [name.slice(5)] : [],
      )
      const procedures = (fields[`procedures-${no}`] ?? '').split(/[\s,;]+/).filter(Boolean)
      return units.length + procedures.length > 0 ? [{ to: codeOf(String(no)), units, procedures }] : []
    })
    const stays = fields.rest === 'self' ? [from[0]] : []
    return [
      ...targets.map((no) => ({ kind: 'begin', authority: newAuthority(fields, no, facts) })),
      {
        ...{ kind: 'split', from: from[0] ?? '' },
        into: [...stays, ...targets.map((no) => textOf(fields, `code-${no}`))],
        ...{ rules, rest: codeOf(fields.rest) ?? null },
      },
    ]
  },
  rename({ fields, from }) {
    const shortName = textOf(fields, 'shortName-0')
    return [{ kind: 'rename', authority: from[0] ?? '', shortName, name: fullName(fields, 0) }]
  },
}

/** The numbers of new authorities of which anything was typed; the first two are always asked for. */
export function targetsOf(fields: Record<string, string>): number[] {
  const typed = (no: number) => ['code', 'shortName'].some((name) => textOf(fields, `${name}-${no}`))
  return Array.from({ length: mostTargets }, (_, i) => i + 1).filter((no) => no <= 1 || typed(no))
}

function fullName(fields: Record<string, string>, no: number): string | undefined {
  const short = textOf(fields, `shortName-${no}`)
  const isCommune = short !== undefined && /^(xã|phường|đặc khu)\s/iu.test(short)
  const usual = isCommune ? `Ủy ban nhân dân ${short.charAt(0).toLowerCase()}${short.slice(1)}` : short
  return textOf(fields, `name-${no}`) ?? usual
}

function newAuthority(fields: Record<string, string>, no: number, { parentCode, authorityKind }: FormFacts) {
  const shortName = textOf(fields, `shortName-${no}`)
  const [, kind = '', name = ''] = /^(xã|phường|đặc khu)\s+(.+)$/iu.exec(shortName ?? '') ?? []
  const commune = textOf(fields, `commune-${no}`)
  return {
    ...{ code: textOf(fields, `code-${no}`), name: fullName(fields, no), shortName },
    ...{ kind: authorityKind, parentCode },
    commune:
      commune && shortName
        ? { code: commune, name: name || shortName, fullName: shortName, kind: kind || 'Xã' }
        : null,
  }
}

/** What is wrong, in words. */
export function problemText({ code, field, params = {} }: ReorganisationProblem, locale: Locale): string {
  const t = messages(locale)
  const known = findMessage(locale, `reorganise.field.${field}`) ?? t('reorganise.field.other')
  const role = params.role && findMessage(locale, `reorganise.role.${params.role}`)
  const readable = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, dayOr(value)]))
  const text = findMessage(locale, `reorganise.problem.${code}`, {
    ...readable,
    field: known,
    ...(role && { role }),
  })
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : code
}

const dayOr = (value: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : value

// Where on the form a problem of the model is mended.
const anchors: Record<string, string> = {
  ...{ number: 'number', issuedOn: 'issuedOn', issuedBy: 'issuedBy', title: 'subject' },
  ...{
    effectiveOn: 'effectiveOn',
    from: 'from',
    into: 'into',
    authority: 'from',
    rules: 'rules',
    rest: 'rest',
  },
}

/** Problems with the place on the form where each is mended; `line` of a split says which new authority. */
export function formProblems(
  problems: readonly ReorganisationProblem[],
  kind: FormKind,
  locale: Locale,
): Problem[] {
  const seen = new Set<string>()
  return problems.flatMap((problem) => {
    const no = kind === 'split' ? (problem.line ?? 0) + 1 : 0
    const own = ['code', 'name', 'shortName', 'commune'].includes(problem.field) && problem.line !== null
    const anchor = own ? `${problem.field}-${no}` : (anchors[problem.field] ?? 'number')
    const text = problemText(problem, locale)
    if (repeats(problem, problems, kind)) return []
    const key = `${anchor} ${text}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ href: `#${anchor}`, text }]
  })
}

// Who takes over repeats what is said of the new authority, and its full name what is said of the short one.
function repeats(
  { field, code, line }: ReorganisationProblem,
  all: readonly ReorganisationProblem[],
  kind: FormKind,
): boolean {
  if (code !== 'needed' && code !== 'not-understood') return false
  if (field === 'into') return kind !== 'rename' && all.some((other) => other.field === 'code')
  return field === 'name' && all.some((other) => other.field === 'shortName' && other.line === line)
}
