import { searchable } from '../../kernel/text.ts'
import { DossierCode } from './dossier.ts'

/** Values of a statement in the order of their numbers. */
export class Values {
  readonly list: unknown[] = []
  add(value: unknown): string {
    return `$${this.list.push(value)}`
  }
}

/** More dossiers of one number or one tail of a code than this are not told apart by it. */
const most = 1000

/**
 * The condition on `t.dossier_id` for what somebody typed: a personal number, a phone, a code or its last digits,
 * each found by its own index; anything else is a name, asked of the tasks already in sight, word by word.
 */
export function matchingDossiers(typed: string, values: Values): string {
  const text = typed.replace(/\s+/g, ' ')
  const digits = text.replace(/[ .]/g, '')
  const phones = phoneForms(text)
  if (/^\d{12}$/.test(digits)) {
    const number = values.add(digits)
    return among(`select dossier_id from dossiers.party where personal_id = ${number}
      union all select dossier_id from dossiers.other_party where personal_id = ${number}`)
  }
  if (phones.length > 0)
    return among(`select dossier_id from dossiers.party where phone = any (${values.add(phones)})`)
  const code = text.toUpperCase()
  if (DossierCode.safeParse(code).success)
    return among(`select id from dossiers.dossier where code = ${values.add(code)}`)
  if (/^-?\d[\d-]{2,}$/.test(text)) return among(endingIn(text, values))
  return named(text, values)
}

const among = (ids: string) => `t.dossier_id = any (array(${ids} limit ${most}))`

/** Open dossiers whose code ends in what was typed. */
function endingIn(tail: string, values: Values): string {
  const backwards = [...tail].reverse().join('')
  return `select id from dossiers.dossier where closed_at is null and reverse(code) like ${values.add(`${backwards}%`)}`
}

function named(text: string, values: Values): string {
  const words = searchable(text).split(' ').filter(Boolean)
  // Nothing but signs: no name has them.
  if (words.length === 0) return 'false'
  const patterns = values.add(words.map((word) => `% ${literal(word)}%`))
  return `exists (select from dossiers.party p where p.dossier_id = t.dossier_id
    and ' ' || p.search_name like all (${patterns}))`
}

/** What a person types stands for itself, also % and _. */
export const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** A phone number as accounts and counters write it: with the country's code, and with a zero; none for other text. */
export function phoneForms(text: string): string[] {
  const digits = text.replace(/[ .+()-]/g, '')
  const [, rest] = /^(?:0|84)(\d{9})$/.exec(digits) ?? []
  return rest ? [`0${rest}`, `+84${rest}`] : []
}
