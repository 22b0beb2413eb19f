import type { IconName } from '../ui/icons'

/** The drawing of each life event; the events themselves are data of the catalogue. */
const drawings: Record<string, IconName> = {
  birth: 'baby',
  family: 'gem',
  residenceAndPapers: 'id-card-lanyard',
  landAndHouse: 'hammer',
  workAndBusiness: 'store',
  vehicles: 'truck',
  pensionAndCare: 'hand-coins',
  bereavement: 'flower-2',
}

export function drawingOf(event: string): IconName {
  return drawings[event] ?? 'flag'
}
