import { searchable } from '../../kernel/text.ts'

/** What a sentence of the content says about where the step may lead. */
export type Branching =
  | { is: 'back' | 'on'; number: number | null; words: string; sentence: string; negative: boolean }
  | { is: 'refuse'; sentence: string }
  | { is: 'supplement'; sentence: string }
  | { is: 'unread'; sentence: string }

const conditional = /\b(neu|truong hop|doi voi|khi|khong dat|chua dat|khong du|chua du|khong dong y)\b/
const negative = /\b(khong|chua|sai|thieu)\b/
const back = /(tra lai|chuyen lai|chuyen tra|quay lai|quay ve|tra ve|lam lai|thuc hien lai)/
const toApplicant =
  /(tra lai|tra ve|tra) (ho so )?(cho )?(cong dan|nguoi (dan|nop|yeu cau)|to chuc|ca nhan|khach)/
const refusing =
  /tu choi|tra loi (bang van ban|khong)|khong (giai quyet|du dieu kien|dap ung|hop le).*(thong bao|van ban|tra loi|phieu|tra ho so)|(thong bao|van ban).*(khong (giai quyet|du dieu kien))/
const supplement = /bo sung|hoan thien ho so|hoan chinh ho so/
const numbered = /\bb(?:uoc)?(?: so)? ?(\d{1,3})\b/

/**
 * What the sentences of a content say about going back, going elsewhere, refusing or asking for papers. A sentence
 * with a condition that is none of these is given as unread. Pure.
 */
export function branchingsIn(content: string): Branching[] {
  return sentencesOf(content).flatMap((sentence): Branching[] => {
    const words = searchable(sentence)
    const number = Number(numbered.exec(words)?.[1] ?? Number.NaN)
    const step = {
      number: Number.isNaN(number) ? null : number,
      words,
      sentence,
      negative: negative.test(words),
    }
    const isCondition = conditional.test(words)
    if (toApplicant.test(words) && isCondition)
      return supplement.test(words) ? [{ is: 'supplement', sentence }] : [{ is: 'refuse', sentence }]
    if (back.test(words) && !/tra (lai|ve) ket qua/.test(words)) return [{ is: 'back', ...step }]
    if (isCondition && refusing.test(words)) return [{ is: 'refuse', sentence }]
    if (supplement.test(words) && (isCondition || /yeu cau|phieu|thong bao|huong dan/.test(words)))
      return [{ is: 'supplement', sentence }]
    if (step.number !== null && /\b(chuyen|sang|den|qua|thuc hien|tiep tuc)\b/.test(words))
      return [{ is: 'on', ...step }]
    return isCondition && !/^(khi|doi voi)\b/.test(words) ? [{ is: 'unread', sentence }] : []
  })
}

const mostSentences = 100

const sentencesOf = (content: string): string[] =>
  content
    .slice(0, 5000)
    // A number's point and an abbreviation end no sentence.
    .split(/[;\n]|\.(?=\s|$)/)
    .map((each) => each.trim())
    .filter(Boolean)
    .slice(0, mostSentences)
