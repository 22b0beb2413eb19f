import { stashTyped, type Typed, takeTyped } from 'motcua/modules/dossiers'
import { type PageContext, pageContext } from 'motcua/web/context'
import { type ActionFunctionArgs, createContext, data } from 'react-router'

/** Set by an action for the loader of the same request: the person was signed out in the middle. */
export const sessionEnded = createContext<'kept' | 'lost' | null>(null)

const cookieName = 'go-do'
const dayInSeconds = 24 * 60 * 60

async function keepForLater(
  page: PageContext,
  draftId: string,
  pageKey: string,
  form: FormData,
): Promise<string | undefined> {
  const typed: Typed = [...form].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  const key = await stashTyped(page.app.db.pool, { draftId, pageKey, typed }, page.now)
  return key && cookie(key, dayInSeconds, page)
}

/** What this person typed on a page before the session ended; undefined when there is nothing. */
export async function findTyped(
  page: PageContext,
  request: Request,
  draftId: string,
): Promise<{ pageKey: string; form: FormData } | undefined> {
  const key = new RegExp(`(?:^|; )${cookieName}=([\\w-]{20,})`).exec(request.headers.get('cookie') ?? '')?.[1]
  const stash = key && (await takeTyped(page.app.db.pool, key, draftId, page.now))
  if (!stash) return undefined
  const form = new FormData()
  for (const [name, value] of stash.typed) form.append(name, value)
  return { pageKey: stash.pageKey, form }
}

export const forgetTyped = (page: PageContext) => cookie('', 0, page)

/** The answer of an action to somebody signed out: keeps what was typed and lets the loader say what to do. */
export async function endedAnswer(args: ActionFunctionArgs, form?: FormData) {
  const { draftId = '', page: pageKey = '' } = args.params
  const cookie = form && (await keepForLater(pageContext(args), draftId, pageKey, form))
  args.context.set(sessionEnded, form && !cookie ? 'lost' : 'kept')
  return data(null, { status: 401, headers: cookie ? { 'set-cookie': cookie } : {} })
}

function cookie(value: string, seconds: number, { baseUrl }: PageContext): string {
  const secure = baseUrl.startsWith('https:') ? '; Secure' : ''
  return `${cookieName}=${value}; Path=/nop; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`
}
