import { type IconName, icons } from './icons'

/** A drawing beside words; it never says anything alone, so screen readers skip it. */
export function Icon({ name, large = false }: { name: IconName; large?: boolean }) {
  return (
    <svg
      className={large ? 'icon icon--l' : 'icon'}
      viewBox="0 0 24 24"
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: constant drawings from icons.ts, never data
      dangerouslySetInnerHTML={{ __html: icons[name] }}
    />
  )
}
