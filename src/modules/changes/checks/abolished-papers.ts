/** A paper that the law no longer lets anybody ask for, or only when the data cannot be read. */
export interface AbolishedPaper {
  key: string
  /** Words of its names, without accents and in lower case. */
  words: readonly string[]
  /** The first day on which it may not be asked for. */
  since: string
  /** `forbidden`: never; `in-data`: only when the lookup fails or the data is wrong. */
  how: 'forbidden' | 'in-data'
  law: string
  /** C: confirmed against the text or an official record that cites it; R: recalled, still to be compared. */
  confidence: 'C' | 'R'
}

/**
 * Papers by date, with the law. They stand here as data, so that another one is one more line. What may still be asked
 * for when a lookup fails is no error: NQ 66.7/2025/NQ-CP lets the paper be shown then.
 */
export const abolishedPapers: readonly AbolishedPaper[] = [
  {
    key: 'household-book',
    words: ['so ho khau', 'so tam tru'],
    since: '2023-01-01',
    how: 'forbidden',
    law: 'Luật Cư trú 68/2020/QH14, Điều 38 khoản 3; NĐ 104/2022/NĐ-CP',
    confidence: 'R',
  },
  {
    key: 'old-identity-card',
    words: ['giay chung minh nhan dan', 'chung minh nhan dan', 'so cmnd', 'the cmnd', 'giay cmnd'],
    since: '2025-01-01',
    how: 'forbidden',
    law: 'Luật Căn cước 26/2023/QH15, Điều 46 khoản 2',
    confidence: 'R',
  },
  {
    key: 'proof-of-residence',
    words: [
      'giay xac nhan thong tin ve cu tru',
      'xac nhan cu tru',
      'giay xac nhan noi cu tru',
      'giay to chung minh noi cu tru',
    ],
    since: '2023-01-01',
    how: 'in-data',
    law: 'NĐ 104/2022/NĐ-CP, Điều 14 khoản 2; NQ 66.7/2025/NQ-CP',
    confidence: 'C',
  },
  {
    key: 'copy-of-identity-card',
    words: [
      'ban sao can cuoc',
      'ban sao the can cuoc',
      'ban sao chung thuc can cuoc',
      'ban sao co chung thuc can cuoc',
    ],
    since: '2026-01-01',
    how: 'in-data',
    law: 'NQ 66.7/2025/NQ-CP',
    confidence: 'C',
  },
]

/** Words that say a paper is only mentioned: what stands for it, or is shown when a lookup fails. */
export const onlyMentioned = [
  'thay so ho khau',
  'thay cho so',
  'khong phai nop',
  'khong yeu cau',
  'neu khong tra cuu duoc',
  'khi khong tra cuu duoc',
  'khong khai thac duoc',
]
