/** What an officer may write for a result paper, by its template; keys are those that the paper reads. */
export interface DraftField {
  key: string
  /** Key of its label under `desk.draft`. */
  label: string
  type: 'text' | 'long' | 'date' | 'number'
  /** Answers that it is filled from, the first that is there. */
  from: readonly string[]
}

const field = (
  key: string,
  type: DraftField['type'] = 'text',
  from: readonly string[] = [key],
): DraftField => ({
  key,
  label: key,
  type,
  from,
})

const byTemplate: Record<string, readonly DraftField[]> = {
  'birth-certificate': [field('personalId', 'text', [])],
  'civil-status-copy': [field('registration.number')],
  'marital-status-certificate': [field('maritalStatus'), field('purpose')],
  'death-extract': [field('death.cause', 'text', ['death.cause', 'deceased.cause'])],
  'certified-copy': [
    field('paperName', 'text', ['originals[0].paperType']),
    field('copies', 'number', ['copies']),
  ],
  'residence-notice': [
    field('newAddress', 'text', ['newAddress', 'content.address']),
    field('until', 'date', ['until', 'content.until']),
  ],
  'building-permit': [
    field('owner.address', 'text', ['owner.address', 'owner.contactAddress']),
    field('design.number'),
    field('design.organisation', 'text', ['design.organisation', 'design.org.name']),
    field('work.footprint', 'number', ['work.footprint', 'house.footprint']),
    field('work.floorArea', 'number', ['work.floorArea', 'house.floorArea']),
    field('work.height', 'number', ['work.height', 'house.height']),
    field('work.storeys', 'text', ['work.storeys', 'house.storeys']),
  ],
  'support-decision': [field('payment.method')],
}

const refusalFields: readonly DraftField[] = [{ key: 'reason', label: 'reason', type: 'long', from: [] }]
const note: DraftField = { key: 'note', label: 'note', type: 'long', from: [] }

/** The fields of a draft: of the result's template, or the reason when the way leads to a refusal. */
export function draftFields(template: string | undefined, refusal: boolean): readonly DraftField[] {
  return refusal ? refusalFields : [...(byTemplate[template ?? ''] ?? []), note]
}

/** What each field shows at first: the draft so far, else what the declaration says: in words, figures and dates bare. */
export function draftValues(
  fields: readonly DraftField[],
  draft: Record<string, unknown> | null,
  declared: { words: Readonly<Record<string, string>>; answers: Record<string, unknown> },
): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ key, type, from }) => {
      const source = type === 'date' || type === 'number' ? declared.answers : declared.words
      const found = draft?.[key] ?? from.map((each) => source[each]).find((each) => each !== undefined)
      return [key, found === undefined || found === null ? '' : String(found)]
    }),
  )
}

/** The draft as it is kept: only what was written, figures as numbers. */
export function draftOf(fields: readonly DraftField[], form: FormData): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ key, type }) => {
      const text = String(form.get(`draft:${key}`) ?? '')
        .normalize('NFC')
        .trim()
      if (text === '') return []
      return [
        [key, type === 'number' && /^\d+([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : text],
      ]
    }),
  )
}
