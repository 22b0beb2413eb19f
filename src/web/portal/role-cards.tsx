import { Icon } from '../ui/icon'
import { useT } from '../ui/shell'

/** A role of the demonstration, as `demoRoles` of identity gives it. */
export interface RoleCard {
  key: string
  title: string
  who: readonly string[]
  tryThis: { text: string; href: string }
}

/** People whose part a visitor may take: one press signs in for real. */
export function RoleCards({ roles, heading = 'h3' }: { roles: readonly RoleCard[]; heading?: 'h2' | 'h3' }) {
  return (
    <ul className="roles">
      {roles.map((role) => (
        <li key={role.key}>
          <Role role={role} heading={heading} />
        </li>
      ))}
    </ul>
  )
}

function Role({ role, heading: Heading }: { role: RoleCard; heading: 'h2' | 'h3' }) {
  const t = useT()
  const { title, who, tryThis, key } = role
  return (
    <form className="role" method="post" action={`/vao-vai/${key}`}>
      <Heading>{title}</Heading>
      <p>{who.join(' ')}</p>
      <p className="try">
        {t('web.home.try')} <b>{tryThis.text}</b>
      </p>
      <button className="btn btn--second btn--small btn--block" type="submit">
        {t('web.roles.take')}
        <span className="vh"> {title}</span>
      </button>
      <a className="role__phone" href={`/khung-dien-thoai?vai=${key}`}>
        <Icon name="smartphone" />
        {t('web.home.phoneWidth')}
        <span className="vh"> {title}</span>
      </a>
    </form>
  )
}
