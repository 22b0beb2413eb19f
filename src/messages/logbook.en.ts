export const logbook = {
  lead: 'Dossiers that the unit received, by their number in the book (form 07).',
  unit: 'Unit',
  this: { month: 'This month', quarter: 'This quarter', year: 'This year' },
  pdf: 'Print the book (PDF)',
  xlsx: 'Spreadsheet (XLSX)',
  csv: 'CSV',
  number: 'No.',
  returned: 'Returned',
  none: 'No dossier was received on these days.',
  more: 'This page shows the first {count} lines only. The print and the spreadsheet have more.',
  'too-long': 'This book cannot be printed yet',
  'too-long-text':
    'These days have more than {most} dossiers. Choose fewer days, or take the spreadsheet for all.',
  'sheet-too-long': 'This spreadsheet cannot be made yet',
  broken: 'This book cannot be printed yet',
  'broken-text': 'The layout of the log book of this installation is broken. Tell its administrator.',
} as const
