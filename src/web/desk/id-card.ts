/** What the QR code on an identity card says (thẻ căn cước, mã QR): seven parts, typed by a scanner like a keyboard. */
export interface IdCard {
  personalId: string
  name: string
  dateOfBirth: string
  sex: string
  address: string
}

/** Reads one scanned line `number|old number|name|ddmmyyyy|sex|address|issued`; undefined when it is no card. */
export function parseIdCard(line: string): IdCard | undefined {
  const [personalId, , name, born, sex = '', address = ''] = line
    .normalize('NFC')
    .trim()
    .split('|')
    .map((part) => part.trim())
  if (!personalId || !/^\d{12}$/.test(personalId) || !name || name.length > 200) return undefined
  const dateOfBirth = dateOf(born ?? '')
  return dateOfBirth ? { personalId, name, dateOfBirth, sex, address } : undefined
}

function dateOf(text: string): string | undefined {
  const [, day, month, year] = /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? []
  if (!day || !month || !year) return undefined
  const iso = `${year}-${month}-${day}`
  return new Date(`${iso}T00:00:00Z`).toISOString().startsWith(iso) ? iso : undefined
}
