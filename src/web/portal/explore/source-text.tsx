/** Text of a program, scrolling inside itself; `label` says what it is. */
export function SourceText({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="sheet program" aria-label={label} tabIndex={0}>
      <pre>{children}</pre>
    </section>
  )
}
