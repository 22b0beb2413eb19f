import type { z } from 'zod'
import { AnnouncementDraftData } from './announcement-data.ts'
import { CorrectionData, RevocationData } from './decision-data.ts'
import {
  BirthCertificateData,
  BuildingPermitData,
  CertifiedCopyData,
  CivilStatusCopyData,
  DeathExtractData,
  FuneralSupportData,
  GenericResultData,
  MaritalStatusData,
  ResidenceNoticeData,
} from './result-data.ts'
import {
  ApologyData,
  ControlData,
  DeclineData,
  DestructionData,
  HandOverData,
  LogBookData,
  ObligationData,
  ReceiptData,
  RefusalData,
  StopData,
  SupplementData,
} from './slip-data.ts'

/** Every form that can be printed, and what it says; how it looks stands in `layouts/`. */
export const forms = {
  receipt: ReceiptData,
  supplement: SupplementData,
  refusal: RefusalData,
  apology: ApologyData,
  obligation: ObligationData,
  stop: StopData,
  decline: DeclineData,
  control: ControlData,
  'hand-over': HandOverData,
  'log-book': LogBookData,
  correction: CorrectionData,
  revocation: RevocationData,
  result: GenericResultData,
  'birth-certificate': BirthCertificateData,
  'civil-status-copy': CivilStatusCopyData,
  'marital-status-certificate': MaritalStatusData,
  'death-extract': DeathExtractData,
  'certified-copy': CertifiedCopyData,
  'residence-notice': ResidenceNoticeData,
  'building-permit': BuildingPermitData,
  'support-decision': FuneralSupportData,
  'announcement-draft': AnnouncementDraftData,
  destruction: DestructionData,
} as const

export type SlipKind = keyof typeof forms
export const slipKinds = Object.keys(forms) as SlipKind[]

/** What a caller states to print a form; instants, dates and names are put into words here. */
export type SlipData<K extends SlipKind> = z.input<(typeof forms)[K]>

/** The form that prints a result which the catalogue names; what has no form of its own is printed as lines. */
export function slipKindOf(template: string): SlipKind {
  return Object.hasOwn(forms, template) ? (template as SlipKind) : 'result'
}
