import { html } from 'hono/html'
import type { Refusal } from '../../kernel/errors.ts'
import { findMessage, type Locale, messages } from '../../kernel/i18n.ts'

/** The page shown when signing in did not work: one plain sentence, and a way on. Needs no script and no style. */
export function signInProblemPage(refusal: Refusal, locale: Locale, again: string) {
  const say = messages(locale)
  const params = refusal.details as Record<string, string | number>
  const sentence = findMessage(locale, refusal.code, params) ?? say('identity.sign-in-failed')
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${say('identity.page.title')} · Một Cửa</title>
<link rel="stylesheet" href="/auth/page.css">
</head>
<body>
<main>
<p class="mark">Một Cửa</p>
<h1>${say('identity.page.title')}</h1>
<p role="alert">${sentence}</p>
<p><a class="press" href="${again}">${say('identity.page.again')}</a> <a href="/">${say('identity.page.home')}</a></p>
</main>
</body>
</html>`
}

/** Style of the page above, from a file of its own so that the content policy needs no exception. */
export const signInPageStyle = `
body { margin: 0; font: 1.0625rem/1.6 "Be Vietnam Pro", system-ui, sans-serif; color: #221d1a; background: #faf8f5 }
main { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
.mark { color: #8f1b1f; font-weight: 700; margin: 0 0 2rem }
a { color: #8f1b1f; display: inline-block; padding: .6rem 0; margin-right: 1.25rem }
.press { background: #8f1b1f; color: #fff; padding: .6rem 1.25rem; border-radius: .375rem; text-decoration: none }
a:focus-visible { outline: 3px solid #1f5fa8; outline-offset: 2px }
`
