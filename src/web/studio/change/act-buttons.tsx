import { Icon } from '../../ui/icon'

/** What one small button of a row does: its name in the posted form, its icon, its label, and whether it cannot now. */
export interface RowAct {
  value: string
  icon: Parameters<typeof Icon>[0]['name']
  label: string
  disabled: boolean
}

/** The small buttons of a row (up, down, add, remove): each posts `_action`, so they work without script too. */
export function ActButtons({ acts, className }: { acts: readonly RowAct[]; className: string }) {
  return (
    <div className={`${className}s`}>
      {acts.map(({ value, icon, label, disabled }) => (
        <button
          key={value}
          type="submit"
          className={className}
          name="_action"
          value={value}
          aria-label={label}
          title={label}
          disabled={disabled}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  )
}
