import { isRefusal } from '../../../kernel/errors.ts'
import { searchable } from '../../../kernel/text.ts'
import { compileForm, type DefinitionProblem, type Field, formBurden } from '../../forms/index.ts'
import type { DraftForm } from '../contents.ts'
import { withEnglish } from '../english.ts'
import { type Finding, findingsOf } from './finding.ts'
import { labelIn, placedFields } from './placed.ts'
import type { Reach } from './reach.ts'

const found = findingsOf('form')
/** Publication gives a form its number and dates; until then any will do. */
const asPublished = { version: 1, validFrom: '2000-01-01', validTo: null }

/** What keeps a form from running, and questions that nobody will ever see. */
export function* formFindings(form: DraftForm, reach: Reach): Generator<Finding> {
  const compiled = compileForm({ ...withEnglish(form), ...asPublished } as Parameters<typeof compileForm>[0])
  if (isRefusal(compiled)) {
    const { problems = [] } = compiled.details as { problems?: DefinitionProblem[] }
    const places = new Map(placedFields(form).map(({ at, field }) => [field.key, at]))
    for (const problem of problems) yield problemFinding(problem, places)
  }
  for (const { placed, why } of reach.unreachable)
    yield found('error', placed.at, `unreachable-${why.why}`, {
      label: labelIn(placed.field),
      question: reach.labelOf(why.path),
      value: why.value,
    })
}

function problemFinding({ at, code, details }: DefinitionProblem, places: Map<string, string>): Finding {
  const { path, text, key, parent, trail } = (typeof details === 'object' ? details : {}) as Record<
    string,
    unknown
  >
  const said = [path, key, parent, Array.isArray(trail) ? trail.join(' → ') : undefined].find(
    (each) => each !== undefined,
  )
  const params = {
    place: at,
    what: String(said ?? (typeof details === 'string' ? details : '')),
    text: String(text ?? ''),
  }
  const name = code.startsWith('forms.') ? code.slice('forms.'.length) : 'condition'
  return found('error', places.get(at) ?? at, `form-${name}`, params)
}

/** A question that another form of ours does not ask, because a register answers it. */
export interface KnownQuestion {
  label: string
  type: Field['type']
  source: string
  /** The procedure whose form says so. */
  form: string
}

/** By key and by words, what the forms in force take from registers. What some of them ask is not sure. */
export function knownQuestions(forms: readonly DraftForm[]): KnownQuestions {
  const known = new Map<string, KnownQuestion | null>()
  for (const form of forms)
    for (const { field } of placedFields(form)) {
      const [source] = field.sources ?? []
      const from = source === undefined ? undefined : typeof source === 'string' ? source : source.from
      for (const id of idsOf(field)) {
        const one =
          from === undefined || from.startsWith('ANS.')
            ? null
            : { label: labelIn(field), type: field.type, source: from, form: form.title?.vi ?? form.key }
        if (!known.has(id) || (known.get(id) === null && one !== null)) known.set(id, one)
      }
    }
  return known
}
export type KnownQuestions = ReadonlyMap<string, KnownQuestion | null>

// The same key means the same fact of the same person; so do the same words of the legal form.
const idsOf = ({ key, type, legalLabel }: Field) => [
  `key ${type} ${key}`,
  ...(legalLabel ? [`words ${type} ${key.split('.')[0]} ${searchable(legalLabel)}`] : []),
]

const neverKnown = new Set<Field['type']>(['computed', 'file', 'copies', 'delivery', 'bool', 'longtext'])

/** Questions whose answer the State has, asked without looking there. */
export function* askedThoughKnown(form: DraftForm, known: KnownQuestions): Generator<Finding> {
  for (const { field, at, rowOf } of placedFields(form)) {
    if (rowOf !== null || neverKnown.has(field.type) || isFilled(field)) continue
    const found1 = idsOf(field)
      .map((id) => known.get(id))
      .find((each) => each)
    if (found1) {
      const [register = ''] = found1.source.split('.')
      yield found('warning', at, 'asks-known', {
        label: labelIn(field),
        register,
        source: found1.source,
        form: found1.form,
      })
    }
  }
}

const isFilled = ({ sources, value, offers, origin }: Field) =>
  (sources?.length ?? 0) > 0 ||
  value !== undefined ||
  (offers?.length ?? 0) > 0 ||
  (origin ?? 'asked') !== 'asked'

/** How many questions a form can put to somebody, in the usual case and beyond, as its burden counts them. */
const asked = (form: DraftForm): number => {
  const { asks, conditional } = formBurden(form, [])
  return asks + conditional
}

/** More questions than the form in force: the reform wants fewer. */
export function* moreQuestions(before: DraftForm | null, after: DraftForm): Generator<Finding> {
  if (!before) return
  const [was, is] = [asked(before), asked(after)]
  if (is > was) yield found('warning', '', 'more-questions', { before: was, after: is, more: is - was })
}
