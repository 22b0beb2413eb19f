import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon } from './icon'
import type { IconName } from './icons'

/** `main` once a view; `second` beside it; `quiet` in bars; `harm` for what cannot be undone. */
export type ButtonKind = 'main' | 'second' | 'quiet' | 'harm'

interface Look {
  kind?: ButtonKind
  size?: 'normal' | 'small' | 'start'
  /** As wide as its column. */
  block?: boolean
  icon?: IconName
  /** The key that presses it (desk). */
  hotkey?: string
}

type ButtonProps = Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'>

/** Does something. Says with a verb what happens: "Gửi hồ sơ". Stays pressable; what is missing is told after. */
export function Button({ kind, size, block, icon, hotkey, children, type = 'submit', ...rest }: ButtonProps) {
  return (
    <button type={type} className={look({ kind, size, block })} data-hotkey={hotkey} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
      {hotkey && <kbd>{hotkey === 'Escape' ? 'Esc' : hotkey}</kbd>}
    </button>
  )
}

/** Looks like a button and goes somewhere. */
export function LinkButton({
  kind,
  size,
  block,
  icon,
  hotkey,
  href,
  children,
  after,
}: Look & { href: string; children: ReactNode; after?: IconName }) {
  return (
    <a className={look({ kind, size, block })} href={href} data-hotkey={hotkey}>
      {icon && <Icon name={icon} />}
      {children}
      {after && <Icon name={after} />}
      {hotkey && <kbd>{hotkey === 'Escape' ? 'Esc' : hotkey}</kbd>}
    </a>
  )
}

/** A link that stands alone, with an icon and a full target. */
export function LinkAction({
  href,
  icon,
  children,
  small,
}: {
  href: string
  icon?: IconName
  children: ReactNode
  small?: boolean
}) {
  return (
    <a className={small ? 'link-action small' : 'link-action'} href={href}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  )
}

export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="btn-row">{children}</div>
}

function look({ kind = 'main', size = 'normal', block }: Look): string {
  const names = ['btn']
  if (kind !== 'main') names.push(`btn--${kind}`)
  if (size !== 'normal') names.push(`btn--${size}`)
  if (block) names.push('btn--block')
  return names.join(' ')
}
