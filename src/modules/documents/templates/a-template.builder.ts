import { TemplateDraft } from './template-draft.ts'

type Given = Omit<Partial<TemplateDraft>, 'blocks'> & { blocks?: object[] }

/** A template of a result with one merge field, in blocks; for tests. */
export function aTemplate({ blocks = someBlocks, ...changes }: Given = {}): TemplateDraft {
  return TemplateDraft.parse({
    key: 'result',
    name: 'Giấy xác nhận',
    source: 'blocks',
    page: 'a4',
    inputs: [nameInput],
    ...changes,
    blocks: blocks.map((block, i) => ({ id: `b-${i + 1}`, ...block })),
  })
}

export const nameInput = {
  name: 'name',
  label: 'Họ và tên',
  type: 'text',
  from: { kind: 'field', key: 'person.fullName' },
  show: 'short',
} as const

const someBlocks = [
  { kind: 'head' },
  { kind: 'title', text: 'Giấy xác nhận', about: 'Về việc của «name»' },
  { kind: 'paragraph', text: 'Xác nhận **«name»** đã nộp hồ sơ.' },
  { kind: 'recipients', items: ['Như trên', 'Lưu: VT'] },
  { kind: 'signature' },
]
