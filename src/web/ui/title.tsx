import { useShell, useT } from './shell'

/** The title of a page; the demonstration says so even in the browser's tab. */
export function Title({ children }: { children: string }) {
  const t = useT()
  const { demonstration } = useShell()
  return (
    <title>{`${children} · ${t('web.shell.suffix')}${demonstration ? ` (${t('web.sample.tag').toLowerCase()})` : ''}`}</title>
  )
}
