/** What a form says while it is filled in, mostly to screen readers. */
export const live = {
  shown: 'Có thêm câu hỏi: {labels}.',
  hidden: 'Không còn hỏi: {labels}.',
  'shown-many': 'Có thêm {count} câu hỏi.',
  'hidden-many': 'Bớt {count} câu hỏi.',
  'row-added': 'Đã thêm {title}.',
  'row-removed': 'Đã bỏ {title}.',
  worked: '{label}: {text}.',
  problem: 'Cần sửa: {text}',
} as const
