import { FileField } from '../../ui/fields'
import { useT } from '../../ui/shell'
import type { PaperView } from './papers-page.view'

/** One paper to send: photo or file, as many as it has sides. */
export function PaperQuestion({ paper, most }: { paper: PaperView; most: string }) {
  const t = useT()
  const hint = [paper.help, paper.oneOf && t('filing.papers.one-of', { others: paper.oneOf.join('; ') })]
    .filter(Boolean)
    .join(' ')
  return (
    <FileField
      id={paper.id}
      name={`paper.${paper.key}`}
      label={paper.name}
      hint={hint || undefined}
      error={paper.error}
      optional={!paper.required}
      most={most}
      removeName="_action"
      stored={paper.files.map(({ fileId, ...file }) => ({ ...file, fileId: `remove:${fileId}` }))}
    />
  )
}
