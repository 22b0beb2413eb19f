import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Tinos has the widths of Times New Roman, the face of administrative documents (NĐ 30/2020, annex I). */
const faces = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic']

export const fontFile = (face: string): Buffer =>
  readFileSync(require.resolve(`@expo-google-fonts/tinos/${face}/Tinos_${face}.ttf`))

export const fontFiles = (): Buffer[] => faces.map(fontFile)
