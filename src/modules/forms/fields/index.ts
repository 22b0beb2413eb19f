import type { FieldType } from '../form-definition.ts'
import { bool, enumeration, ethnic } from './choice.ts'
import { address, agency, computed, delivery, file, identityPaper } from './composite.ts'
import { country } from './country.ts'
import { date, partialDate, time } from './date.ts'
import type { FieldKind } from './field-kind.ts'
import { id12 } from './id12.ts'
import { name } from './name.ts'
import { area, copies, int, length, money } from './number.ts'
import { phone } from './phone.ts'
import { email, longtext, text } from './text.ts'
import { landPlot, organisation, person, signature, vehicle } from './things.ts'

/** The typed dictionary: one entry per type of field. */
export const fieldKinds = {
  name,
  date,
  'partial-date': partialDate,
  time,
  int,
  text,
  longtext,
  enum: enumeration,
  bool,
  id12,
  'identity-paper': identityPaper,
  address,
  agency,
  phone,
  email,
  money,
  area,
  length,
  file,
  country,
  ethnic,
  computed,
  copies,
  delivery,
  person,
  organisation,
  'land-plot': landPlot,
  vehicle,
  signature,
} satisfies Record<FieldType, FieldKind>

export {
  type DisplayContext,
  type FieldKind,
  type FormReader,
  inputId,
  isBlank,
  sameValue,
} from './field-kind.ts'
