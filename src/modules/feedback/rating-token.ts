import { createHmac, timingSafeEqual } from 'node:crypto'

const idLength = 22
const sealLength = 16

/**
 * The unguessable part of the address in the QR on a receipt or result. It is derived from the dossier's id,
 * so a receipt can be printed before anything about its rating is stored.
 */
export function ratingToken(secret: string, dossierId: string): string {
  const id = Buffer.from(dossierId.replaceAll('-', ''), 'hex').toString('base64url')
  return id + sealOf(secret, id)
}

/** The dossier that a token is for; undefined for anything that this installation did not make. */
export function readRatingToken(secret: string, token: string): string | undefined {
  if (!/^[\w-]+$/.test(token) || token.length !== idLength + sealLength) return undefined
  const id = token.slice(0, idLength)
  if (!timingSafeEqual(Buffer.from(token.slice(idLength)), Buffer.from(sealOf(secret, id)))) return undefined
  const hex = Buffer.from(id, 'base64url').toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

function sealOf(secret: string, id: string): string {
  return createHmac('sha256', secret).update(`feedback.rating:${id}`).digest('base64url').slice(0, sealLength)
}
