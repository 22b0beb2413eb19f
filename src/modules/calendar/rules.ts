/** A rule of law behind a step; `confidence`: C confirmed, S secondary, R recalled and to be checked. */
export interface Rule {
  key: string
  text: string
  confidence: 'C' | 'S' | 'R'
}

/** Rules of the clock, with how sure we are of each. */
export const rules = {
  fromCompleteDossier: {
    key: 'from-complete-dossier',
    text: 'Nghị định 45/2020/NĐ-CP, Điều 11',
    confidence: 'C',
  },
  firstDayNotCounted: {
    key: 'first-day-not-counted',
    text: 'Bộ luật Dân sự 2015, Điều 147',
    confidence: 'R',
  },
  dayOff: { key: 'day-off', text: 'Bộ luật Dân sự 2015, Điều 148', confidence: 'R' },
  outsideHours: { key: 'outside-hours', text: 'Nghị định 45/2020/NĐ-CP, Điều 11', confidence: 'R' },
  cutOff: { key: 'cut-off', text: 'Nghị định 61/2018/NĐ-CP, Điều 18', confidence: 'R' },
  holiday: { key: 'holiday', text: 'Bộ luật Lao động 2019, Điều 112', confidence: 'C' },
  restart: { key: 'restart', text: 'Nghị định 61/2018/NĐ-CP, Điều 19', confidence: 'R' },
  subtract: { key: 'subtract', text: 'Quyết định 766/QĐ-TTg', confidence: 'C' },
  addition: { key: 'addition', text: 'pháp luật chuyên ngành', confidence: 'C' },
  extension: { key: 'extension', text: 'Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9', confidence: 'R' },
} as const satisfies Record<string, Rule>
