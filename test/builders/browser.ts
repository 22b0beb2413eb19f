/** A browser without a window: keeps cookies by path, follows redirects, says where its requests come from. */
export function aBrowser(server: (request: Request) => Response | Promise<Response>, origin: string) {
  const cookies = new Map<string, { value: string; path: string }>()

  async function send(request: Request): Promise<Response> {
    const path = new URL(request.url).pathname
    const sent = [...cookies].filter(([, cookie]) => path.startsWith(cookie.path))
    if (sent.length > 0)
      request.headers.set('cookie', sent.map(([name, { value }]) => `${name}=${value}`).join('; '))
    const response = await server(request)
    for (const line of response.headers.getSetCookie()) keep(line)
    return response
  }

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const name = pair.slice(0, pair.indexOf('='))
    const value = pair.slice(pair.indexOf('=') + 1)
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? '/'
    const over = attributes.some((a) => /^max-age=0$/i.test(a) || /^expires=Thu, 01 Jan 1970/i.test(a))
    if (over) cookies.delete(name)
    else cookies.set(name, { value, path })
  }

  async function follow(request: Request, steps: string[] = []): Promise<Page> {
    const response = await send(request)
    const location = response.headers.get('location')
    if (!location || steps.length > 12) return { response, url: request.url, steps }
    return follow(new Request(new URL(location, request.url)), [...steps, location])
  }

  const fromHere = { origin, 'sec-fetch-site': 'same-origin' }
  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) =>
      follow(new Request(new URL(path, origin), { headers })),
    post: (path: string, headers: Record<string, string> = fromHere, form: Record<string, string> = {}) =>
      follow(
        new Request(new URL(path, origin), { method: 'POST', headers, body: new URLSearchParams(form) }),
      ),
  }
}

export interface Page {
  response: Response
  url: string
  steps: string[]
}
