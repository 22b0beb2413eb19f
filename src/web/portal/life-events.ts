import type { IconName } from '../ui/icons'

/** The drawing of each life event; the events themselves are data of the catalogue. */
const drawings: Record<string, IconName> = {
  'sinh-con': 'baby',
  'ket-hon': 'gem',
  'chuyen-cho-o': 'truck',
  'xay-sua-nha': 'hammer',
  'mua-ban-dat': 'map',
  'mo-ho-kinh-doanh': 'store',
  'tuoi-gia': 'hand-coins',
  'nguoi-than-qua-doi': 'flower-2',
}

export function drawingOf(event: string): IconName {
  return drawings[event] ?? 'flag'
}
