import { html } from 'hono/html'
import type { DemoPerson } from './identity-provider.ts'

/** Headers of every page of the provider. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

/** The list of invented persons: pressing a name signs in as that person, without a password. */
export function peoplePage(people: readonly DemoPerson[]): string {
  const citizens = people.filter((person) => !person.workplace)
  const officers = Map.groupBy(
    people.filter((person) => person.workplace),
    (person) => person.workplace!,
  )
  return frame(html`
<h1>Đăng nhập bằng nhân vật mẫu</h1>
<p>Không cần mật khẩu: mọi người dưới đây đều không có thật.</p>
<form method="post">
<h2>Người dân, doanh nghiệp</h2>
<ul>${citizens.map(choice)}</ul>
<h2>Cán bộ, công chức</h2>
${[...officers].map(
  ([workplace, staff], i) => html`<details ${i === 0 ? 'open' : ''}><summary>${workplace}</summary>
<ul>${staff.map(choice)}</ul></details>`,
)}
</form>`)
}

/** One plain sentence when the provider cannot go on. */
export function problemPage(sentence: string): string {
  return frame(
    html`<h1>Chưa đăng nhập được</h1><p role="alert">${sentence}</p><p><a href="/dang-nhap">Đăng nhập lại</a></p>`,
  )
}

function choice(person: DemoPerson) {
  const about = [person.dateOfBirth && `sinh ${person.dateOfBirth.split('-').reverse().join('/')}`]
  const organisations = person.organisations.map(({ name }) => name)
  return html`<li><button name="subject" value="${person.subject}"><b>${person.name}</b>
<span>${[...about, ...organisations].filter(Boolean).join(' · ')}</span></button></li>`
}

// The provider stands for somebody else's system: a look of its own, so that nobody takes it for our page.
function frame(content: ReturnType<typeof html>): string {
  return String(html`<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Định danh mẫu – bản dùng thử</title>
<style>
body { margin: 0; font: 1.0625rem/1.55 system-ui, sans-serif; color: #16202c; background: #eef2f6 }
header { background: #1d3b5c; color: #fff; padding: .9rem 1.25rem; font-weight: 600 }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem }
h1 { font-size: 1.5rem; line-height: 1.25 } h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem }
button { width: 100%; min-height: 3rem; padding: .6rem 1rem; text-align: left; font: inherit; color: inherit;
  background: #fff; border: 1px solid #6b7f95; border-radius: .375rem; cursor: pointer }
button:hover { border-color: #1d3b5c } button span { display: block; color: #44556a; font-size: .9375rem }
button:focus-visible, summary:focus-visible, a:focus-visible { outline: 3px solid #b25a00; outline-offset: 2px }
summary { min-height: 2.75rem; line-height: 2.75rem; cursor: pointer } details { margin-bottom: .25rem }
a { color: #1d3b5c }
</style>
</head>
<body><header>Định danh mẫu – bản dùng thử</header><main>${content}</main></body>
</html>`)
}
