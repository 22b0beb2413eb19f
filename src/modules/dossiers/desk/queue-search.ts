import { searchable } from '../../../kernel/text.ts'
import { DossierCode } from '../dossier.ts'

/** Values of a statement in the order of their numbers. */
export class Values {
  readonly list: unknown[] = []
  add(value: unknown): string {
    return `$${this.list.push(value)}`
  }
}

/** What somebody means by what they typed: all but a name is found by an index of its own. */
export type Asked =
  | { by: 'person'; number: string }
  | { by: 'phone'; phones: string[] }
  | { by: 'code'; code: string }
  | { by: 'tail'; tail: string }
  | { by: 'name'; words: string[] }

/** Reads what was typed: a personal number, a phone, a code or its last digits; anything else is a name. Pure. */
export function readAsked(typed: string): Asked {
  const text = typed.trim().replace(/\s+/g, ' ')
  const digits = text.replace(/[ .]/g, '')
  if (/^\d{12}$/.test(digits)) return { by: 'person', number: digits }
  const phones = phoneForms(text)
  if (phones.length > 0) return { by: 'phone', phones }
  const code = text.toUpperCase()
  if (DossierCode.safeParse(code).success) return { by: 'code', code }
  if (/^-?\d[\d-]{2,}$/.test(text)) return { by: 'tail', tail: text }
  return { by: 'name', words: searchable(text).split(' ').filter(Boolean) }
}

/** More dossiers of one number or one tail of a code than this are not told apart by it. */
const most = 1000

/**
 * The condition on `t.dossier_id` for what somebody typed. Numbers and codes are found by index; a name is asked of the
 * tasks already in sight, word by word.
 */
export function matchingDossiers(typed: string, values: Values): string {
  const asked = readAsked(typed)
  if (asked.by === 'name') {
    // Nothing but signs: no name has them.
    if (asked.words.length === 0) return 'false'
    return `exists (select from dossiers.party p where p.dossier_id = t.dossier_id and ${named(asked.words, values)})`
  }
  return `t.dossier_id = any (array(${idsOf(asked, values)} limit ${most}))`
}

/** Ids of the dossiers of a number or code; of a tail, those that are open. */
export function idsOf(asked: Exclude<Asked, { by: 'name' }>, values: Values): string {
  switch (asked.by) {
    case 'person': {
      const number = values.add(asked.number)
      return `select dossier_id as id from dossiers.party where personal_id = ${number}
        union all select dossier_id from dossiers.other_party where personal_id = ${number}`
    }
    case 'phone':
      return `select dossier_id as id from dossiers.party where phone = any (${values.add(asked.phones)})`
    case 'code':
      return `select id from dossiers.dossier where code = ${values.add(asked.code)}`
    case 'tail': {
      const backwards = [...asked.tail].reverse().join('')
      return `select id from dossiers.dossier
        where closed_at is null and reverse(code) like ${values.add(`${backwards}%`)}`
    }
    default:
      return asked satisfies never
  }
}

/** Each word begins a word of the name of the party `p`, in any order. */
export const named = (words: readonly string[], values: Values): string =>
  `' ' || p.search_name like all (${values.add(words.map((word) => `% ${literal(word)}%`))})`

// What a person types stands for itself, also % and _.
const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** A phone number as accounts and counters write it: with the country's code, and with a zero; none for other text. */
export function phoneForms(text: string): string[] {
  const digits = text.replace(/[ .+()-]/g, '')
  const [, rest] = /^(?:0|84)(\d{9})$/.exec(digits) ?? []
  return rest ? [`0${rest}`, `+84${rest}`] : []
}
