/** A document that others have replaced, with the day from which it no longer holds. */
export interface ObsoleteBasis {
  number: string
  until: string
  by: string
}

/**
 * Documents that are still found among the legal bases of published records. Compiled from the repeal clauses of the
 * documents that replaced them; recalled, so a hit is a question to the reader and never refuses anything.
 */
const obsoleteBases: readonly ObsoleteBasis[] = [
  { number: '81/2006/QH11', until: '2021-06-30', by: 'Luật Cư trú 68/2020/QH14' },
  { number: '36/2013/QH13', until: '2021-06-30', by: 'Luật Cư trú 68/2020/QH14' },
  { number: '31/2014/NĐ-CP', until: '2021-08-14', by: 'Nghị định 62/2021/NĐ-CP' },
  { number: '62/2021/NĐ-CP', until: '2025-01-09', by: 'Nghị định 154/2024/NĐ-CP' },
  { number: '22/2000/QH10', until: '2014-12-31', by: 'Luật Hôn nhân và gia đình 52/2014/QH13' },
  { number: '158/2005/NĐ-CP', until: '2015-12-31', by: 'Nghị định 123/2015/NĐ-CP' },
  { number: '06/2012/NĐ-CP', until: '2015-12-31', by: 'Nghị định 123/2015/NĐ-CP' },
  { number: '79/2007/NĐ-CP', until: '2015-04-09', by: 'Nghị định 23/2015/NĐ-CP' },
  { number: '45/2013/QH13', until: '2024-07-31', by: 'Luật Đất đai 31/2024/QH15' },
  { number: '43/2014/NĐ-CP', until: '2024-07-31', by: 'Nghị định 101/2024/NĐ-CP' },
  { number: '15/2021/NĐ-CP', until: '2024-12-29', by: 'Nghị định 175/2024/NĐ-CP' },
  { number: '01/2021/NĐ-CP', until: '2025-06-30', by: 'Nghị định 168/2025/NĐ-CP' },
  { number: '61/2018/NĐ-CP', until: '2025-06-30', by: 'Nghị định 118/2025/NĐ-CP' },
]

/** The obsolete document that a basis names; undefined when none is known. */
export const obsoleteIn = (text: string): ObsoleteBasis | undefined =>
  obsoleteBases.find(({ number }) => new RegExp(`(^|[^0-9])${number.replaceAll('/', '\\/')}`).test(text))
