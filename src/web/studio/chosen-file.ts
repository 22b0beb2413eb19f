/** Bytes of a file that was posted, or what to say and with which status. */
export type ChosenFile = { bytes: Uint8Array } | { text: string; status: 413 | 422 }

/** The file of a posted form under `file`; the door turns larger bodies away and says so with `_tooLarge`. */
export async function chosenFile(
  form: FormData,
  { most, tooLarge, missing }: { most: number; tooLarge: string; missing: string },
): Promise<ChosenFile> {
  const file = form.get('file')
  const isLarge = form.has('_tooLarge') || (file instanceof File && file.size > most)
  if (isLarge) return { text: tooLarge, status: 413 }
  if (!(file instanceof File) || file.size === 0) return { text: missing, status: 422 }
  return { bytes: new Uint8Array(await file.arrayBuffer()) }
}
