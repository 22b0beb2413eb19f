import { z } from 'zod'

/** The counts that the index of Decision 766/QĐ-TTg is made of; each is two whole numbers, in and base. */
export const ratioKeys = [
  'publishedOnTime',
  'updatedOnTime',
  'fullContent',
  'synced',
  'onTime',
  'onlineServices',
  'servicesWithDossiers',
  'onlineDossiers',
  'paidOnline',
  'feeProceduresPaidOnline',
  'feeProceduresProvided',
  'electronicResults',
  'digitised',
  'reused',
  'vaultShared',
  'populationData',
  'populationConnected',
  'satisfied',
  'petitionsOnTime',
  'petitionsSatisfied',
] as const
export type RatioKey = (typeof ratioKeys)[number]

/** What an indicator may be scored from: a rate of two counts, or whether a service is provided at all. */
export const figureKeys = [...ratioKeys, 'certifiedCopies'] as const
export type FigureKey = (typeof figureKeys)[number]

/** What a figure counts. */
export type Counted = 'dossiers' | 'procedures' | 'petitions' | 'provided'

const ofProcedures: readonly FigureKey[] = [
  'publishedOnTime',
  'updatedOnTime',
  'fullContent',
  'onlineServices',
  'servicesWithDossiers',
  'feeProceduresPaidOnline',
  'feeProceduresProvided',
  'populationConnected',
]

/** Whether a figure counts dossiers, procedures or petitions, or only says that a service is there. */
export function countedOf(key: FigureKey): Counted {
  if (key === 'certifiedCopies') return 'provided'
  if (key === 'petitionsOnTime' || key === 'petitionsSatisfied') return 'petitions'
  return ofProcedures.includes(key) ? 'procedures' : 'dossiers'
}

/** How many meet the rule, and of how many. */
export type Ratio = readonly [numerator: number, denominator: number]

/** What is known of a unit; a figure that is not here was not measured, which is not the same as zero. */
export type Counts = Partial<Record<RatioKey, Ratio>> & { certifiedCopies?: boolean | undefined }

/** Where in the administration a unit stands; a level decides which indicators apply and which are inherited. */
export const Level = z.enum(['national', 'ministry', 'province', 'department', 'commune'])
export type Level = z.infer<typeof Level>
export const levels = Level.options

/** Groups of the index, by the codes that the national portal uses, in the order of its tables. */
export const groupKeys = ['CKMB', 'TDGQ', 'CLGQ', 'TTTT', 'MDSH', 'MDHL'] as const
export type GroupKey = (typeof groupKeys)[number]
