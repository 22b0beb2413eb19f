import { z } from 'zod'

/** What became of the last action: shown once on the page that follows it. */
export const Flash = z.object({
  at: z.string().max(40),
  command: z.string().max(30),
  done: z.array(z.string().max(60)).max(60),
  /** Codes that were refused, each with the code of its refusal. */
  refused: z.array(z.tuple([z.string().max(60), z.string().max(60)])).max(60),
  /** Sequence of the acceptance, for the link to its receipt. */
  receipt: z.number().int().optional(),
  /** Of many at once: the page that tells of each, and how many there were. */
  run: z.object({ id: z.uuid(), done: z.int(), all: z.int() }).optional(),
  /** Said as it is: what the desk kept for itself. */
  said: z.string().max(300).optional(),
})
export type Flash = z.infer<typeof Flash>

const cookie = 'ban-lam-viec'

/** The header that carries an outcome over a redirect. It names codes only; nothing personal. */
export function flashHeader(flash: Flash): string {
  const value = encodeURIComponent(JSON.stringify(flash))
  return `${cookie}=${value}; Path=/can-bo; Max-Age=120; HttpOnly; SameSite=Lax`
}

/** The outcome that the request brings, and the header that forgets it. */
export function takeFlash(request: Request): { flash?: Flash; headers: Record<string, string> } {
  const found = /(?:^|;\s*)ban-lam-viec=([^;]*)/.exec(request.headers.get('cookie') ?? '')
  if (!found?.[1]) return { headers: {} }
  const headers = { 'set-cookie': `${cookie}=; Path=/can-bo; Max-Age=0; HttpOnly; SameSite=Lax` }
  try {
    const parsed = Flash.safeParse(JSON.parse(decodeURIComponent(found[1])))
    return parsed.success ? { flash: parsed.data, headers } : { headers }
  } catch {
    return { headers }
  }
}
