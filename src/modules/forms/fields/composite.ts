import { z } from 'zod'
import { type Locale, messages } from '../../../kernel/i18n.ts'
import { bool } from './choice.ts'
import { isDay, shownDay, toIsoDay } from './date.ts'
import { asTyped, composite, type FieldKind, input, partsOf, typed } from './field-kind.ts'
import { nationalPhone, toE164 } from './phone.ts'
import { isClean, storable } from './text.ts'

const part = (longest: number) => storable(longest).optional()
const joined = (...texts: unknown[]) => texts.map(typed).filter(Boolean).join(', ')

function hasNone(rest: object): boolean {
  for (const _ in rest) return false
  return true
}

const paperKinds = ['id', 'cmnd', 'passport', 'other'] as const
const numberShape = { id: /^\d{12}$/, cmnd: /^\d{9}$/, passport: /^[A-Z0-9]{5,20}$/, other: /^.{1,40}$/u }

/** Identity paper. With a 12-digit number nothing else is asked; other papers need issuer and day. */
export const identityPaper: FieldKind = {
  schema: () =>
    z
      .strictObject(
        { kind: z.enum(paperKinds), number: storable(40), issuedOn: part(40), issuedBy: part(200) },
        { error: 'forms.paper-invalid' },
      )
      .superRefine((paper, ctx) => {
        const add = (message: string) => ctx.addIssue({ code: 'custom', message })
        if (!numberShape[paper.kind].test(paper.number)) add(`forms.paper-number-${paper.kind}`)
        else if (paper.issuedOn && !isDay(paper.issuedOn)) add('forms.date-invalid')
        else if (['passport', 'other'].includes(paper.kind) && !(paper.issuedOn && paper.issuedBy))
          add('forms.paper-issuer')
      }),
  quick: () => (value) => {
    const { kind, number, ...rest } = partsOf(value)
    const right = kind === 'id' && typeof number === 'string' && numberShape.id.test(number) && hasNone(rest)
    return right ? value : undefined
  },
  fromForm(form, name) {
    const value = composite(form, name, ['kind', 'number', 'issuedOn', 'issuedBy'])
    // The kind alone is only the preset of the control, not an answer.
    if (!value?.number && !value?.issuedBy && !value?.issuedOn) return undefined
    if (value.number) value.number = value.number.replace(/\s/g, '').toUpperCase()
    if (value.issuedOn) value.issuedOn = toIsoDay(value.issuedOn)
    return { ...value, kind: value.kind ?? 'id' }
  },
  inputs(_, path, value, { locale }) {
    const t = messages(locale)
    const paper = partsOf(value)
    const chosen = typed(paper.kind) || 'id'
    const options = paperKinds.map((kind) => ({
      value: kind,
      label: t(`forms.paper.${kind}`),
      checked: kind === chosen,
    }))
    const text = (name: 'number' | 'issuedOn' | 'issuedBy', width: 'short' | 'mid' | 'full', shown: string) =>
      input(path, name, {
        kind: 'text',
        label: t(`forms.paper.${name}`),
        value: shown,
        maxLength: 200,
        width,
      })
    return [
      input(path, 'kind', {
        kind: 'select',
        label: t('forms.paper.kind'),
        value: chosen,
        options,
        width: 'mid',
      }),
      text('number', 'mid', typed(paper.number)),
      text('issuedOn', 'short', shownDay(typed(paper.issuedOn))),
      text('issuedBy', 'full', typed(paper.issuedBy)),
    ]
  },
  display(value, _, { locale }) {
    const { kind, number, issuedOn, issuedBy } = partsOf(value)
    const name = kind === 'id' ? '' : messages(locale)(`forms.paper.${kind as 'cmnd'}`)
    return joined([name, typed(number)].filter(Boolean).join(' '), shownDay(typed(issuedOn)), issuedBy)
  },
  jsonSchema: () => ({
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'number'],
    properties: {
      kind: { enum: [...paperKinds] },
      number: { type: 'string', maxLength: 40 },
      issuedOn: { type: 'string', format: 'date' },
      issuedBy: { type: 'string', maxLength: 200 },
    },
  }),
}

/** A place: commune by code and the detail in it; facts of the past may stay as they were written. */
export const address: FieldKind = {
  schema: (field) =>
    z
      .strictObject(
        {
          communeCode: z
            .string()
            .regex(/^[0-9A-Z]{5}$/, { error: 'forms.address-choose' })
            .optional(),
          provinceCode: z
            .string()
            .regex(/^[0-9A-Z]{2}$/)
            .optional(),
          countryCode: z
            .string()
            .regex(/^[A-Z]{2}$/)
            .optional(),
          detail: part(300),
          written: part(300),
          facility: part(200),
        },
        { error: 'forms.address-invalid' },
      )
      .superRefine((place, ctx) => {
        const abroad = place.countryCode !== undefined && place.countryCode !== 'VN'
        if (place.communeCode || (abroad && (place.detail || place.written))) return
        if (field.asWritten && place.written) return
        ctx.addIssue({ code: 'custom', message: 'forms.address-choose' })
      }),
  quick: () => (value) => (isPlainPlace(value) ? value : undefined),
  parts: ['facility', 'detail'],
  addresses: () => [''],
  fromForm(form, name) {
    return composite(form, name, [
      'communeCode',
      'provinceCode',
      'countryCode',
      'detail',
      'written',
      'facility',
    ])
  },
  inputs(field, path, value, { locale, places, choices }) {
    const t = messages(locale)
    const place = partsOf(value)
    const code = typed(place.communeCode)
    const controls = [
      input(path, 'written', {
        kind: 'place',
        label: t('forms.address.commune'),
        value: (code && places?.[code]) || typed(place.written),
        maxLength: 300,
        width: 'full',
      }),
      codeControl(path, code, choices?.[path]),
    ]
    for (const part of field.parts ?? ['detail']) {
      const label = t(`forms.address.${part as 'detail'}`)
      controls.push(
        input(path, part, { kind: 'text', label, value: typed(place[part]), maxLength: 300, width: 'full' }),
      )
    }
    return controls
  },
  display(value, _, { locale, places }) {
    const place = partsOf(value)
    const commune = places?.[typed(place.communeCode)] ?? (typed(place.written) || typed(place.communeCode))
    const before = joined(place.facility, place.detail)
    // Inside a sentence the kind of unit is written small: “số 8 đường Hoa Sen, phường Hoa Sen”.
    const inside = before
      ? commune.replace(/^(Phường|Xã|Đặc khu|Thị trấn) /, (kind) => kind.toLowerCase())
      : commune
    return joined(before, inside, countryName(place.countryCode, locale))
  },
  jsonSchema: () => ({
    type: 'object',
    additionalProperties: false,
    properties: {
      communeCode: { type: 'string', pattern: '^[0-9A-Z]{5}$' },
      provinceCode: { type: 'string', pattern: '^[0-9A-Z]{2}$' },
      countryCode: { type: 'string', pattern: '^[A-Z]{2}$' },
      detail: { type: 'string', maxLength: 300 },
      written: { type: 'string', maxLength: 300 },
      facility: { type: 'string', maxLength: 200 },
    },
  }),
}

const placeParts: Record<string, (text: string) => boolean> = {
  communeCode: (text) => /^[0-9A-Z]{5}$/.test(text),
  provinceCode: (text) => /^[0-9A-Z]{2}$/.test(text),
  detail: (text) => isClean(text, 300),
  written: (text) => isClean(text, 300),
}

/** A commune by code, in this country, in clean words. */
function isPlainPlace(value: unknown): boolean {
  const place = partsOf(value)
  if (place.communeCode === undefined) return false
  for (const key of Object.keys(place)) {
    const part = place[key]
    if (typeof part !== 'string' || !Object.hasOwn(placeParts, key) || !placeParts[key]!(part)) return false
  }
  return true
}

/** The code goes along unseen; when a name has several meanings the person chooses one. */
function codeControl(
  path: string,
  code: string,
  choices: readonly { value: string; label: string }[] | undefined,
) {
  if (!choices) return input(path, 'communeCode', { kind: 'hidden', value: code, width: 'full' })
  const options = choices.map((choice) => ({ ...choice, checked: choice.value === code }))
  return input(path, 'communeCode', { kind: 'radio', value: code, options, width: 'full' })
}

function countryName(code: unknown, locale: Locale): string {
  if (typeof code !== 'string' || code === 'VN' || !/^[A-Z]{2}$/.test(code)) return ''
  return new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code
}

/** A receiving or registering authority: by code, or by name when it no longer exists. */
export const agency: FieldKind = {
  schema: (field) =>
    z
      .strictObject(
        {
          code: z
            .string()
            .max(40)
            .regex(/^[A-Z0-9.]+$/, { error: 'forms.agency-choose' })
            .optional(),
          name: part(200),
        },
        { error: 'forms.agency-choose' },
      )
      .refine((value) => value.code || (field.asWritten && value.name), { error: 'forms.agency-choose' }),
  quick: () => (value) => {
    const { code, name, ...rest } = partsOf(value)
    if (typeof code !== 'string' || code.length > 40 || !/^[A-Z0-9.]+$/.test(code)) return undefined
    const named = name === undefined || (typeof name === 'string' && isClean(name, 200))
    return named && hasNone(rest) ? value : undefined
  },
  fromForm: (form, name) => composite(form, name, ['code', 'name']),
  inputs(field, path, value, { locale, agencies = [] }) {
    const { code, name } = partsOf(value)
    if (field.asWritten) {
      return [input(path, 'name', { kind: 'text', value: typed(name), maxLength: 200, width: 'full' })]
    }
    const list =
      agencies.some((one) => one.code === code) || !code
        ? agencies
        : [{ code: typed(code), name: typed(name) }, ...agencies]
    const options = list.map((one) => ({ value: one.code, label: one.name, checked: one.code === code }))
    const label = messages(locale)('forms.agency.choose')
    return [
      input(path, 'code', {
        kind: 'select',
        value: typed(code),
        options: [{ value: '', label, checked: !code }, ...options],
        width: 'full',
      }),
    ]
  },
  display(value, _, { agencies }) {
    const { code, name } = partsOf(value)
    return agencies?.find((one) => one.code === code)?.name ?? (typed(name) || typed(code))
  },
  jsonSchema: () => ({
    type: 'object',
    additionalProperties: false,
    properties: { code: { type: 'string', maxLength: 40 }, name: { type: 'string', maxLength: 200 } },
  }),
}

const ways = ['electronic', 'collect', 'post'] as const

/** How the paper result reaches the person; the electronic one always does. Post needs name, phone and address. */
export const delivery: FieldKind = {
  schema: () =>
    z
      .strictObject(
        { way: z.enum(ways), receiver: part(100), phone: part(25), address: part(300) },
        { error: 'forms.delivery-choose' },
      )
      .refine((value) => value.way !== 'post' || (value.receiver && value.phone && value.address), {
        error: 'forms.delivery-post',
      }),
  quick: () => (value) => {
    const { way, ...rest } = partsOf(value)
    return (way === 'electronic' || way === 'collect') && hasNone(rest) ? value : undefined
  },
  fromForm(form, name) {
    const value = composite(form, name, ['way', 'receiver', 'phone', 'address'])
    if (value?.phone) value.phone = toE164(value.phone)
    return value?.way ? value : undefined
  },
  inputs(_, path, value, { locale }) {
    const t = messages(locale)
    const given = partsOf(value)
    const options = ways.map((way) => ({
      value: way,
      label: t(`forms.delivery.${way}`),
      checked: way === given.way,
    }))
    const text = (name: 'receiver' | 'phone' | 'address', shown: string) =>
      input(path, name, {
        kind: 'text',
        label: t(`forms.delivery.${name}`),
        value: shown,
        maxLength: 300,
        width: 'full',
      })
    return [
      input(path, 'way', { kind: 'radio', value: typed(given.way), options, width: 'full' }),
      text('receiver', typed(given.receiver)),
      text('phone', nationalPhone(typed(given.phone))),
      text('address', typed(given.address)),
    ]
  },
  display(value, _, { locale }) {
    const { way, receiver, phone, address: to } = partsOf(value)
    const words = ways.includes(way as 'post') ? messages(locale)(`forms.delivery.${way as 'post'}`) : ''
    return way === 'post' ? `${words}: ${joined(receiver, nationalPhone(typed(phone)), to)}` : words
  },
  jsonSchema: () => ({
    type: 'object',
    additionalProperties: false,
    required: ['way'],
    properties: {
      way: { enum: [...ways] },
      receiver: { type: 'string', maxLength: 100 },
      phone: { type: 'string', maxLength: 25 },
      address: { type: 'string', maxLength: 300 },
    },
  }),
}

const StoredFile = z.strictObject({ fileId: z.uuid(), name: storable(255) })

/** Files already stored; the page stores uploads and adds them here. */
export const file: FieldKind = {
  schema: (field) =>
    z
      .array(StoredFile, { error: 'forms.file-invalid' })
      .max(field.multiple === false ? 1 : (field.max ?? 20), { error: 'forms.file-many' }),
  fromForm(form, name) {
    const names = form.all(`${name}.fileName`)
    const files = form.all(`${name}.fileId`).map((fileId, i) => ({ fileId, name: asTyped(names[i]) }))
    return files.length ? files : undefined
  },
  inputs: (_, path) => [input(path, undefined, { kind: 'file', value: '', width: 'full' })],
  display: (value) => (Array.isArray(value) ? value.map((one) => typed(partsOf(one).name)).join(', ') : ''),
  jsonSchema: (field) => ({
    type: 'array',
    maxItems: field.multiple === false ? 1 : (field.max ?? 20),
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['fileId', 'name'],
      properties: { fileId: { type: 'string', format: 'uuid' }, name: { type: 'string', maxLength: 255 } },
    },
  }),
}

/** A value nobody types. */
export const computed: FieldKind = {
  schema: () => z.unknown(),
  fromForm: () => undefined,
  inputs: () => [],
  display(value, field, context) {
    if (typeof value === 'boolean') return bool.display(value, field, context)
    // A code that is worked out has its words among the options.
    const named = field.options?.find((option) => option.value === value)
    if (named) return named.label[context.locale]
    return shownDay(typed(value))
  },
  jsonSchema: () => ({}),
}
