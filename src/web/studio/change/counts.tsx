/** A few numbers side by side, each with what it counts. */
export function Counts({ counts }: { counts: readonly { label: string; value: number | string }[] }) {
  return (
    <div className="studio__count">
      {counts.map(({ label, value }) => (
        <div key={label}>
          <b>{value}</b> {label}
        </div>
      ))}
    </div>
  )
}
