export const live = {
  shown: 'More to answer: {labels}.',
  hidden: 'No longer asked: {labels}.',
  'shown-many': '{count} more questions.',
  'hidden-many': '{count} questions fewer.',
  'row-added': 'Added {title}.',
  'row-removed': 'Removed {title}.',
  worked: '{label}: {text}.',
  problem: 'To repair: {text}',
} as const
