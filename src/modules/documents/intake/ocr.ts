/** A word where it stands on a page, in pixels of that page. */
export interface Word {
  text: string
  x: number
  y: number
  width: number
  height: number
}

/** Reads the words of a page; undefined when it could not, which stops nothing. */
export interface Ocr {
  read(page: Uint8Array): Promise<Word[] | undefined>
  close(): Promise<void>
}
