import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { isRefusal, type Refusal } from '../../kernel/errors.ts'
import { type Locale, toLocale } from '../../kernel/i18n.ts'
import { httpStatus } from '../../kernel/problem.ts'
import { clientAddress, rateLimit } from '../../kernel/rate-limit.ts'
import { findDemoRole } from './demo-roles.ts'
import type { CookieChange, Identity } from './identity.ts'
import { localPath } from './local-path.ts'
import { refusals } from './refusals.ts'
import { requestOrigin, sameOrigin } from './same-origin.ts'
import { signInPageStyle, signInProblemPage } from './sign-in-page.ts'

// A whole office may share one address, and a sign-in counts twice (there and back); this only stops floods.
const requestsPerMinute = 240

/** Routes of signing in and out: `/dang-nhap`, `/auth/callback`, `/dang-xuat`, and `/vao-vai/:key` of the demonstration. */
export function identityRoutes(identity: Identity): Hono {
  const app = new Hono()
  const own = sameOrigin(identity.config)
  const limited = signInLimit(identity)

  app.get('/dang-nhap', limited, async (c) => {
    const returnTo = c.req.query('ve')
    const begun = await identity.beginSignIn({ returnTo, origin: requestOrigin(c.req.raw) })
    return proceed(c, identity, begun, signInAgain(returnTo))
  })

  app.get('/auth/callback', limited, async (c) =>
    proceed(c, identity, await identity.finishSignIn(c.req.raw), '/dang-nhap'),
  )

  app.get('/auth/page.css', (c) =>
    c.body(signInPageStyle, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )

  app.post('/dang-xuat', own, async (c) => {
    const everywhere = c.req.query('moi-noi') !== undefined
    change(c, identity, await identity.signOut(c.req.raw, everywhere))
    return c.redirect('/', 303)
  })

  if (identity.config.demonstration)
    app.post('/vao-vai/:key', limited, own, async (c) => {
      const role = findDemoRole(c.req.param('key'))
      if (!role) return problem(c, refusals.unknownRole(), '/vao-vai')
      const returnTo = localPath(c.req.query('ve')) ?? role.href
      const origin = requestOrigin(c.req.raw)
      const begun = await identity.beginSignIn({ returnTo, loginHint: role.subject, origin })
      return proceed(c, identity, begun, '/vao-vai')
    })

  return app
}

type SignInStep = { location: string; cookies: CookieChange[] } | Refusal

function proceed(c: Context, identity: Identity, step: SignInStep, again: string) {
  c.header('Cache-Control', 'no-store')
  if (isRefusal(step)) return problem(c, step, again)
  for (const cookie of step.cookies) change(c, identity, cookie)
  return c.redirect(step.location, 303)
}

function problem(c: Context, refusal: Refusal, again: string) {
  c.header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  )
  c.header('X-Content-Type-Options', 'nosniff')
  return c.html(signInProblemPage(refusal, localeOf(c), again), httpStatus[refusal.kind])
}

function change(c: Context, identity: Identity, cookie: CookieChange): void {
  setCookie(c, cookie.name, cookie.value ?? '', {
    path: cookie.path,
    httpOnly: true,
    sameSite: 'Lax',
    secure: identity.secure,
    maxAge: cookie.maxAgeSeconds,
  })
}

function signInLimit(identity: Identity): MiddlewareHandler {
  const attempts = rateLimit({ limit: requestsPerMinute, windowSeconds: 60 })
  return async (c, next) => {
    const taken = attempts.take(clientAddress(c, identity.config.trustProxy), identity.clock())
    if (taken.allowed) return next()
    const { retryAfterSeconds } = taken
    c.header('Retry-After', String(retryAfterSeconds))
    return problem(c, refusals.tooMany({ retryAfterSeconds }), '/dang-nhap')
  }
}

function signInAgain(returnTo: string | undefined): string {
  const path = localPath(returnTo)
  return path ? `/dang-nhap?ve=${encodeURIComponent(path)}` : '/dang-nhap'
}

function localeOf(c: Context): Locale {
  return toLocale(/(?:^|;\s*)lang=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1])
}
