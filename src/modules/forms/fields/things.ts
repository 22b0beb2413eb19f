import { type Locale, messages } from '../../../kernel/i18n.ts'
import type { Option } from '../form-definition.ts'
import { enumeration, ethnic } from './choice.ts'
import { address, identityPaper } from './composite.ts'
import { compoundKind } from './compound.ts'
import { country } from './country.ts'
import { partialDate } from './date.ts'
import { id12 } from './id12.ts'
import { name } from './name.ts'
import { area } from './number.ts'
import { phone } from './phone.ts'
import { email, plainText, text, textKind } from './text.ts'

const labelled = (vi: string, en: string) => ({ vi, en })
const oneOf = (values: readonly string[], label: (value: string, locale: Locale) => string): Option[] =>
  values.map((value) => ({ value, label: { vi: label(value, 'vi'), en: label(value, 'en') } }))

const sexes: Option[] = [
  { value: 'male', label: labelled('Nam', 'Male') },
  { value: 'female', label: labelled('Nữ', 'Female') },
]

/** A person whom the account does not name: always the name, the other parts when `parts` asks for them. */
export const person = compoundKind({
  texts: 'person',
  always: [{ key: 'fullName', kind: name, needed: true }],
  usual: ['dateOfBirth', 'personalId'],
  more: [
    { key: 'dateOfBirth', kind: partialDate, field: { tense: 'past' }, needed: true, named: true },
    { key: 'sex', kind: enumeration, field: { options: sexes }, needed: true },
    { key: 'personalId', kind: id12, named: true },
    { key: 'identityPaper', kind: identityPaper },
    { key: 'ethnicGroup', kind: ethnic, named: true },
    { key: 'nationality', kind: country, named: true },
    { key: 'residence', kind: address },
    { key: 'phone', kind: phone },
    { key: 'relation', kind: text, field: { maxLength: 100 } },
  ],
})

const representative = compoundKind({
  texts: 'organisation',
  always: [
    { key: 'fullName', kind: name, needed: true },
    { key: 'position', kind: text, field: { maxLength: 100 } },
    { key: 'personalId', kind: id12, named: true },
  ],
})

/** `0101234567001` as `0101234567-001`; spaces and dots are forgiven. */
function toTaxNumber(typed: string): string {
  const digits = typed.replace(/[\s.]/g, '')
  const branch = /^(\d{10})-?(\d{3})$/.exec(digits)
  return branch ? `${branch[1]}-${branch[2]}` : digits
}

const taxNumberShape = /^\d{10}(-\d{3})?$|^\d{12}$/

/** Number of an enterprise or tax number: 10 digits, a branch 10-3, a household business also the owner's 12 digits. */
const taxNumber = textKind({
  longest: 20,
  turned: { to: toTaxNumber, right: (code) => taxNumberShape.test(code), error: 'forms.tax-number-invalid' },
  width: 'mid',
  inputMode: 'text',
  json: { pattern: '^\\d{10}(-\\d{3})?$|^\\d{12}$' },
})

/** A company, cooperative, household business, body: its name and number always. */
export const organisation = compoundKind({
  texts: 'organisation',
  always: [
    { key: 'name', kind: text, field: { maxLength: 300 }, needed: true },
    { key: 'code', kind: taxNumber, needed: true, named: true },
  ],
  usual: ['address', 'legalRepresentative', 'phone'],
  more: [
    { key: 'address', kind: address, needed: true },
    { key: 'legalRepresentative', kind: representative, needed: true, named: true },
    { key: 'phone', kind: phone },
    { key: 'email', kind: email },
  ],
})

/** A plot of land as certificates name it: number of the plot and of the map sheet always. */
export const landPlot = compoundKind({
  texts: 'land-plot',
  always: [
    { key: 'plotNumber', kind: text, field: { maxLength: 20 }, needed: true, named: true },
    { key: 'mapSheet', kind: text, field: { maxLength: 20 }, needed: true, named: true },
  ],
  more: [
    { key: 'address', kind: address, needed: true },
    { key: 'area', kind: area, named: true },
    { key: 'purpose', kind: text, field: { maxLength: 200 } },
    { key: 'certificateNumber', kind: text, field: { maxLength: 40 }, named: true },
  ],
})

const upper = (typed: string) => typed.toUpperCase().replace(/[\s.]/g, '')

const signs = (shape: RegExp, error: string, longest: number) =>
  textKind({
    longest,
    turned: { to: upper, right: (value) => shape.test(value), error },
    width: 'mid',
    json: { pattern: shape.source },
  })

const plate = signs(/^(?=(?:[^0-9]*[0-9]){3})[A-ZĐ0-9][A-ZĐ0-9-]{3,13}$/, 'forms.plate-invalid', 20)
const frame = signs(/^[A-Z0-9*/-]{5,25}$/, 'forms.frame-invalid', 30)
const vehicleKinds = ['motorbike', 'car', 'van', 'truck', 'bus', 'trailer', 'tractor', 'other'] as const
const vehicleKind = (value: string, locale: Locale) =>
  messages(locale)(`forms.vehicle.kinds.${value as 'car'}`)

/** A motor vehicle; a new one has no plate yet and is named by its frame. */
export const vehicle = compoundKind({
  texts: 'vehicle',
  always: [
    { key: 'kind', kind: enumeration, field: { options: oneOf(vehicleKinds, vehicleKind) }, needed: true },
    { key: 'plate', kind: plate, named: true },
  ],
  more: [
    { key: 'brand', kind: text, field: { maxLength: 60 } },
    { key: 'frameNumber', kind: frame, named: true },
    { key: 'engineNumber', kind: frame, named: true },
  ],
  together: (value) => (value.plate || value.frameNumber ? undefined : 'forms.vehicle-plate'),
})

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z$/

/** When it was signed, as the server wrote it; nobody types it. */
const signedAt = plainText({
  shape: instant,
  error: 'forms.signature-invalid',
  json: { pattern: instant.source },
})
const pictureId = plainText({
  shape: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  error: 'forms.signature-invalid',
  json: { format: 'uuid' },
})

/**
 * A signature: the full name typed to sign, with the time that the server wrote (`stampSignatures`), or also a
 * stored picture of one that was drawn. Works without JavaScript.
 */
export const signature = compoundKind({
  texts: 'signature',
  always: [
    { key: 'name', kind: name, needed: true },
    { key: 'signedAt', kind: signedAt, named: true },
    { key: 'pictureId', kind: pictureId },
  ],
})
