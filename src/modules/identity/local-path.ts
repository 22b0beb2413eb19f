const longest = 2000
const here = 'http://here.invalid'
// Coming back to these would sign in or out again without end.
const notAPlaceToReturnTo = /^\/(dang-nhap|dang-xuat|auth|oidc|vao-vai\/.)/

/**
 * A path of this site that was given from outside ("return to"), or undefined.
 * Refuses other hosts in every disguise (`//x`, `/\x`, schemes, control characters).
 */
export function localPath(text: string | null | undefined): string | undefined {
  if (!text || text.length > longest || !/^\/(?![/\\])/.test(text) || /[\\\p{Cc}]/u.test(text))
    return undefined
  const url = URL.parse(text, here)
  if (url?.origin !== here || url.pathname.startsWith('//')) return undefined
  return notAPlaceToReturnTo.test(url.pathname) ? undefined : url.pathname + url.search + url.hash
}
