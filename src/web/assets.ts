import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json',
}

interface Asset {
  body: Buffer
  type: string
  hash: string
  compressible: boolean
  brotli?: Promise<Buffer>
  gzip?: Promise<Buffer>
}

/** The built client files, held in memory (about a megabyte) and compressed once, when first asked for. */
export interface Assets {
  /** Answers a request for a built file, or `undefined` when the path is not one. */
  serve(request: Request): Promise<Response> | undefined
  /** Address of each enhancement script, with its hash so that browsers may keep it for a year. */
  enhancements: Record<string, string>
}

/** Reads everything under `directory` once. */
export function loadAssets(directory: string): Assets {
  const files = new Map<string, Asset>()
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(`/${relative(directory, path).split(sep).join('/')}`, readAsset(path))
  }
  return { enhancements: enhancementsOf(files), serve: (request) => serve(files, request) }
}

function readAsset(path: string): Asset {
  const body = readFileSync(path)
  const type = types[extname(path)] ?? 'application/octet-stream'
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 16)
  return { body, type, hash, compressible: extname(path) !== '.woff2' }
}

function enhancementsOf(files: Map<string, Asset>): Record<string, string> {
  const scripts = [...files].filter(([path]) => path.startsWith('/enhance/'))
  return Object.fromEntries(
    scripts.map(([path, { hash }]) => [path.slice('/enhance/'.length, -'.js'.length), `${path}?v=${hash}`]),
  )
}

function serve(files: Map<string, Asset>, request: Request): Promise<Response> | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined
  const { pathname } = new URL(request.url)
  const asset = files.get(pathname)
  return asset && answer(asset, request, pathname)
}

async function answer(asset: Asset, request: Request, pathname: string): Promise<Response> {
  const headers = new Headers({
    'content-type': asset.type,
    'cache-control': isHashed(pathname) ? 'public, max-age=31536000, immutable' : 'public, max-age=600',
    etag: `"${asset.hash}"`,
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  })
  if (request.headers.get('if-none-match') === `"${asset.hash}"`) {
    return new Response(null, { status: 304, headers })
  }
  const { body, encoding } = await encoded(asset, request.headers.get('accept-encoding') ?? '')
  if (encoding) headers.set('content-encoding', encoding)
  headers.set('content-length', String(body.byteLength))
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), { headers })
}

// Vite puts a hash in every name under /assets; enhancement scripts carry theirs in the query.
function isHashed(pathname: string): boolean {
  return pathname.startsWith('/assets/') || pathname.startsWith('/enhance/')
}

async function encoded(asset: Asset, accepted: string): Promise<{ body: Buffer; encoding?: string }> {
  if (asset.compressible && /\bbr\b/.test(accepted)) {
    asset.brotli ??= brotli(asset.body)
    return { body: await asset.brotli, encoding: 'br' }
  }
  if (asset.compressible && /\bgzip\b/.test(accepted)) {
    asset.gzip ??= promisify(gzip)(asset.body)
    return { body: await asset.gzip, encoding: 'gzip' }
  }
  return { body: asset.body }
}

function brotli(body: Buffer): Promise<Buffer> {
  return promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
}
