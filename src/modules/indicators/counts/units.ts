import type { Db } from '../../../kernel/db.ts'
import { type Authority, listAuthorities } from '../../directory/index.ts'
import type { Level } from '../index-sets/figures.ts'
import { isWithin } from './services.ts'

/** A unit that the index is counted for, with when it stood. */
export interface IndexUnit {
  /** '' is the whole installation. */
  code: string
  name: string
  shortName: string
  level: Level
  parent: string | null
  validFrom: string | null
  validTo: string | null
}

const levelsOfKinds: Record<Authority['kind'], Level> = {
  province: 'province',
  'provincial-centre': 'department',
  office: 'department',
  department: 'department',
  'provincial-police': 'department',
  'land-registry': 'department',
  insurance: 'department',
  tax: 'department',
  commune: 'commune',
  'commune-centre': 'commune',
  'commune-police': 'commune',
}

/** Where an authority stands in the administration; one without a parent that is no province is a ministry's. */
export const levelOf = ({ kind, parentCode }: Pick<Authority, 'kind' | 'parentCode'>): Level =>
  parentCode === null && kind !== 'province' ? 'ministry' : levelsOfKinds[kind]

export interface UnitsQuery {
  /** Only this unit and what is below it; '' for all. */
  below?: string
  levels?: readonly Level[]
  /** Units that stood at some time between these days, those that ended since included. */
  from: string
  to: string
}

/** The units of the index in a period, by code: history stays, so that old periods show who was there. */
export async function indexUnits(db: Db, { below = '', levels, from, to }: UnitsQuery): Promise<IndexUnit[]> {
  const stood = (await listAuthorities(db)).filter(
    ({ code, validFrom, validTo }) =>
      isWithin(code, below) && validFrom <= to && (validTo === null || validTo >= from),
  )
  const units = [...(below === '' ? [whole] : []), ...stood.map(toUnit)]
  return units
    .filter(({ level }) => levels === undefined || levels.includes(level))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

export const whole: IndexUnit = {
  ...{ code: '', name: '', shortName: '', level: 'national' },
  ...{ parent: null, validFrom: null, validTo: null },
}

export const toUnit = (authority: Authority): IndexUnit => ({
  code: authority.code,
  name: authority.name,
  shortName: authority.shortName,
  level: levelOf(authority),
  parent: authority.parentCode ?? '',
  validFrom: authority.validFrom,
  validTo: authority.validTo,
})
