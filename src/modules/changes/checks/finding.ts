import type { PartKind } from '../contents.ts'

/** Something to look at in a draft; the sentence is `checks.<code>`. Errors stop the review. */
export interface Finding {
  severity: 'error' | 'warning' | 'hint'
  part: PartKind
  /** `pages.0.groups.1.fields.3`, `cases.0.fees.1`, or the id of an element of the process. */
  at: string
  code: string
  params: Record<string, string | number>
}

/** Makes the findings of one part. */
export const findingsOf =
  (part: PartKind) =>
  (severity: Finding['severity'], at: string, code: string, params: Finding['params'] = {}): Finding => ({
    ...{ severity, part, at, code, params },
  })
