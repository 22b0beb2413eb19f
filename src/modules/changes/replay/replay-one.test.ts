import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { answersOf, baseForms } from '../../../../test/builders/a-filing.ts'
import { packagedText } from '../../../../test/builders/packages.ts'
import { accepted } from '../../../kernel/errors.ts'
import { shippedCalendar } from '../../calendar/index.ts'
import { ProcedureVersion } from '../../catalogue/index.ts'
import { type Answers, compileForm, FormDefinition, validateAnswers } from '../../forms/index.ts'
import { compileProcess } from '../../processes/index.ts'
import { narrowForms } from './narrow-form.ts'
import type { PastDossier, ReplayRules } from './past.ts'
import { replayOne } from './replay-one.ts'

const today = '2026-11-19'
type Draft = { edition: ProcedureVersion; form: FormDefinition; xml: string }
const shipped = (key: string): Draft => ({
  edition: ProcedureVersion.parse(JSON.parse(packagedText(`${key}/procedure.json`))),
  form: FormDefinition.parse(JSON.parse(packagedText(`${key}/form.json`))),
  xml: packagedText(`${key}/process.bpmn`),
})
const ready = async ({ edition, form, xml }: Draft): Promise<ReplayRules> => ({
  edition: ProcedureVersion.parse(edition),
  form: accepted(compileForm(form)),
  process: accepted(await compileProcess(xml)),
})

let calendar: PastDossier['calendar'] = null
const answers = new Map<string, Answers>()
beforeAll(async () => {
  calendar = await shippedCalendar()
  for (const key of baseForms) {
    const { form } = await ready(shipped(key))
    answers.set(
      key,
      validateAnswers(form, await answersOf(form, today), { today, channel: 'online' }).answers,
    )
  }
})

const past = (key: string, stated: Partial<PastDossier> = {}): PastDossier => ({
  code: 'H99.12-261119-00001',
  channel: 'online',
  submittedOn: today,
  acceptedAt: '2026-11-19T02:00:00.000Z',
  caseCode: shipped(key).edition.cases.find(({ when }) => when === null)!.code,
  answers: answers.get(key)!,
  papers: [],
  pauses: [],
  extensionDays: 0,
  communeCode: null,
  calendar,
  ...stated,
})

async function birthAfter(change: (draft: Draft) => void, stated: Partial<PastDossier> = {}) {
  const draft = shipped('birth-registration')
  change(draft)
  const [before, after] = await Promise.all([ready(shipped('birth-registration')), ready(draft)])
  return replayOne(before, after, past('birth-registration', stated))
}

test.each(baseForms)('%s: unchanged rules show no difference', async (key) => {
  const [before, after] = await Promise.all([ready(shipped(key)), ready(shipped(key))])
  for (const channel of ['online', 'direct', 'post'] as const)
    expect(replayOne(before, after, past(key, { channel })).differs).toEqual([])
})

test.each(baseForms)('%s: other words show no difference', async (key) => {
  const draft = shipped(key)
  for (const { label } of draft.form.pages.flatMap((page) => page.groups.flatMap(({ fields }) => fields)))
    label.vi += ' ạ'
  for (const each of draft.edition.components) each.name += ' (mới)'
  const [before, after] = await Promise.all([ready(shipped(key)), ready(draft)])
  expect(replayOne(before, after, past(key)).differs).toEqual([])
})

const question = (key: string, more: object = {}) =>
  FormDefinition.shape.pages.element.shape.groups.element.shape.fields.element.parse({
    ...{ key, label: { vi: 'Mới', en: 'New' }, type: 'text', required: true },
    ...more,
  })

describe('a changed form', () => {
  test('a new question that must be answered would be asked; nobody is refused for it', async () => {
    const { differs, after } = await birthAfter(({ form }) =>
      form.pages[0]!.groups[0]!.fields.push(question('requester.reason')),
    )
    expect(differs).toEqual(['asked'])
    expect(after).toMatchObject({ asked: ['requester.reason'], problems: [] })
  })

  test('a new question is asked of those alone for whom its condition holds', async () => {
    const withCondition = (visible: string) =>
      birthAfter(({ form }) =>
        form.pages[0]!.groups[0]!.fields.push(question('requester.reason', { visible })),
      )
    const { 'requester.relation': relation } = answers.get('birth-registration')!
    expect((await withCondition(`requester.relation = "${relation}"`)).differs).toEqual(['asked'])
    expect((await withCondition(`requester.relation != "${relation}"`)).differs).toEqual([])
  })

  test('a question that is gone refuses nobody', async () => {
    const found = await birthAfter(({ form }) => {
      for (const group of form.pages.flatMap(({ groups }) => groups))
        group.fields = group.fields.filter(({ key }) => key !== 'requester.email')
    })
    expect(found.differs).toEqual([])
  })

  test('an answer that is not allowed any more is refused, and the question is named', async () => {
    const { differs, after } = await birthAfter(({ form }) => {
      const relation = form.pages[0]!.groups[0]!.fields[0]!
      relation.options = relation.options!.filter(
        ({ value }) => value !== answers.get('birth-registration')!['requester.relation'],
      )
    })
    expect(differs).toContain('refused')
    expect(after.problems).toContainEqual({ field: 'requester.relation', code: 'forms.choice-invalid' })
  })

  test('a question that everybody saw and may not leave empty any more is a refusal', async () => {
    const blank = structuredClone(answers.get('birth-registration')!)
    delete blank['child.placeOfBirth']
    const optional = shipped('birth-registration')
    const field = (draft: Draft) =>
      draft.form.pages
        .flatMap(({ groups }) => groups.flatMap(({ fields }) => fields))
        .find(({ key }) => key === 'child.placeOfBirth')!
    field(optional).required = false
    const before = await ready(optional)
    const after = await ready(shipped('birth-registration'))
    const one = past('birth-registration', { answers: blank })
    expect(replayOne(before, after, one)).toMatchObject({ differs: ['refused'], after: { asked: [] } })
    expect(replayOne(after, before, one).differs).toEqual(['accepted'])
  })
})

describe('changed rules', () => {
  test('a shorter limit gives another date', async () => {
    const { differs, before, after } = await birthAfter(({ edition }) => {
      edition.cases[0]!.limit = { ...edition.cases[0]!.limit, amount: 3 }
    })
    expect(differs).toEqual(['time'])
    expect([before.dueAt, after.dueAt]).toEqual(['2026-11-20T10:00:00.000Z', '2026-11-24T10:00:00.000Z'])
  })

  test('the clock of a dossier that waited is counted as it ran', async () => {
    const pauses = [
      { from: '2026-11-19T03:00:00.000Z', to: '2026-11-23T03:00:00.000Z', reason: 'supplement' as const },
    ]
    const { before, after } = await birthAfter(
      ({ edition }) => {
        edition.supplementRule = edition.supplementRule === 'restart' ? 'subtract' : 'restart'
      },
      { pauses },
    )
    expect(before.dueAt).not.toBe(after.dueAt)
  })

  test('another price', async () => {
    const { differs, before, after } = await birthAfter(({ edition }) => {
      for (const each of edition.cases) for (const fee of each.fees) if (fee.key === 'copies') fee.rule = null
    })
    expect(differs).toEqual([before.feesVnd === after.feesVnd ? undefined : 'price'].filter(Boolean))
    const dearer = await birthAfter(({ edition }) => {
      edition.cases[0]!.fees[0]!.amountVnd = 5000
    })
    expect(dearer.after.feesVnd! - dearer.before.feesVnd!).toBe(5000)
  })

  test('another case, with everything that hangs on it', async () => {
    const { differs, after } = await birthAfter(({ edition }) => {
      edition.cases[1]!.when = 'days between(child.dateOfBirth, today()) > 0'
    })
    expect(differs).toEqual(expect.arrayContaining(['case', 'price']))
    expect(after.caseCode).toBe('1.001193.02')
  })

  test('the case that an officer found stays, though the answers do not say it', async () => {
    const found = await birthAfter(
      ({ edition }) => {
        edition.cases[1]!.when = 'days between(child.dateOfBirth, today()) > 600'
      },
      { caseCode: '1.001193.02' },
    )
    expect(found.after.caseCode).toBe('1.001193.02')
  })

  test('a way of filing that the case does not offer any more', async () => {
    const { differs } = await birthAfter(({ edition }) => {
      edition.cases[0]!.channels = ['direct']
    })
    expect(differs).toEqual(['refused'])
  })

  test('a new paper, and one that is not needed any more', async () => {
    const { differs, before, after } = await birthAfter(({ edition }) => {
      edition.components.push({
        ...edition.components.find(({ key }) => key === 'abandoned-child-record')!,
        key: 'new-paper',
        required: true,
      })
    })
    expect(differs).toEqual(['papers'])
    expect(after.missing.filter((key) => !before.missing.includes(key))).toEqual(['new-paper'])
  })

  test('another authority', async () => {
    const { differs, after } = await birthAfter(
      ({ edition }) => {
        edition.routing = edition.routing.map((rule) => ({
          ...rule,
          when: null,
          territory: 'requester.residence.communeCode',
          kind: 'department' as const,
        }))
      },
      { answers: { ...answers.get('birth-registration')!, 'requester.residence': { communeCode: 'S9001' } } },
    )
    expect(differs).toEqual(['authority'])
    expect(after.authority).toBe('department S9001')
  })

  test('other hours of a step are no other way', async () => {
    const { differs } = await birthAfter((draft) => {
      draft.xml = draft.xml.replace(/motcua:hours="[\d.]+"/, 'motcua:hours="0.5"')
    })
    expect(differs).toEqual(['hours'])
  })
})

test('forms cut down to what changed find what whole forms find', async () => {
  const key = 'birth-registration'
  const base = answers.get(key)!
  const before = await ready(shipped(key))
  const fields = before.form.definition.pages.flatMap(({ groups }) =>
    groups.flatMap((group) => (group.repeat ? [] : group.fields)),
  )
  const places = fc.nat(fields.length - 1)
  const change = fc.record({
    at: places,
    how: fc.constantFrom('required', 'optional', 'hide', 'show', 'remove'),
  })
  const gone = fc.uniqueArray(fc.constantFrom(...Object.keys(base)), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), gone, async (changes, missing) => {
      const draft = shipped(key)
      for (const { at, how } of changes) alter(draft.form, fields[at]!.key, how)
      const form = compileForm(draft.form)
      if ('refused' in form) return
      const given = Object.fromEntries(Object.entries(base).filter(([name]) => !missing.includes(name)))
      const whole = differing(before.form, form, given)
      const narrow = narrowForms(before.form, form)
      expect(narrow === null ? [] : differing(narrow.before, narrow.after, pick(given, narrow.keys))).toEqual(
        whole,
      )
    }),
    { numRuns: 150 },
  )
})

const pick = (given: Answers, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(given).filter(([name]) => keys.includes(name)))

function differing(before: ReplayRules['form'], after: ReplayRules['form'], given: Answers): string[] {
  const [was, is] = [before, after].map((form) => {
    const { problems } = validateAnswers(form, given, { today, channel: 'online' })
    return problems
      .filter(({ code }) => code !== 'forms.unknown-field')
      .map(({ field, code }) => `${field} ${code}`)
  }) as [string[], string[]]
  return [
    ...was.filter((each) => !is.includes(each)).map((each) => `- ${each}`),
    ...is.filter((each) => !was.includes(each)).map((each) => `+ ${each}`),
  ].toSorted()
}

function alter(form: FormDefinition, key: string, how: string): void {
  for (const group of form.pages.flatMap(({ groups }) => groups)) {
    const field = group.fields.find((each) => each.key === key)
    if (!field || group.repeat) continue
    if (how === 'required' || how === 'optional') field.required = how === 'required'
    else if (how === 'hide') field.visible = 'requester.relation = "organisation"'
    else if (how === 'show') delete field.visible
    else if (group.fields.length > 1) group.fields = group.fields.filter((each) => each !== field)
  }
}
