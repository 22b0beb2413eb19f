import { readdirSync } from 'node:fs'
import { reactRouter } from '@react-router/dev/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'

/**
 * Builds `src/web` into `build/web`. Pages import modules by the package's own name, and the server bundle
 * leaves those imports alone: bundled copies would have empty registries and a false `instanceof`.
 */
export default defineConfig({
  // Vitest reads this file too; it needs no pages.
  plugins: process.env.VITEST ? [] : [formsInBrowser(), tailwindcss(), reactRouter(), enhancements()],
  publicDir: false,
  build: { target: 'es2022', assetsInlineLimit: 0 },
  environments: {
    ssr: {
      define: { 'process.env.NODE_ENV': '"production"' },
      build: { rolldownOptions: { external: [/^motcua\//] } },
    },
  },
  resolve: { dedupe: ['react', 'react-dom', 'react-router'] },
  // React is built in, so that it is the quick production one whatever NODE_ENV says when the server starts.
  ssr: { noExternal: true, external: ['motcua'] },
})

/** Each file of `portal/enhance` becomes one small script at `/enhance/<name>.js`, outside the application. */
function enhancements(): Plugin {
  const folder = new URL('./src/web/portal/enhance/', import.meta.url)
  return {
    name: 'motcua-enhancements',
    applyToEnvironment: (environment) => environment.name === 'client',
    buildStart() {
      for (const file of readdirSync(folder).filter((name) => /^[a-z-]+\.ts$/.test(name))) {
        const name = file.slice(0, -'.ts'.length)
        this.emitFile({ type: 'chunk', id: new URL(file, folder).pathname, fileName: `enhance/${name}.js` })
      }
    },
  }
}

/**
 * Lets browsers evaluate forms with the very files of the server: `motcua/modules/forms/browser` without the
 * compiler of FEEL, and with the messages of forms instead of all.
 */
function formsInBrowser(): Plugin {
  const messages = new URL('./src/web/portal/enhance/form/messages.ts', import.meta.url).pathname
  return {
    name: 'motcua-forms-in-browser',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    async resolveId(source, importer, options) {
      if (importer && /src\/modules\/forms\//.test(importer) && source.endsWith('kernel/i18n.ts'))
        return messages
      const found = await this.resolve(source, importer, { ...options, skipSelf: true })
      const pure = found && /\/(src\/modules\/forms|src\/kernel\/feel|feelin|zod)\//.test(found.id)
      return pure ? { ...found, moduleSideEffects: false } : found
    },
  }
}
