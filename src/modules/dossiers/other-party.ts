/** Who another party of a dossier is; kept beside the journal, which knows the number alone. */
export interface OtherPartyFile {
  no: number
  name: string
  personalId: string
  phone: string | null
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the database, read in this one place
export const toOtherParty = (row: any): OtherPartyFile => ({
  no: row.no,
  name: row.name,
  personalId: row.personal_id,
  phone: row.phone,
})
