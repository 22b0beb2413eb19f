export { AnnouncementDraftData } from './announcement-data.ts'
export { announcementDocx } from './announcement-docx.ts'
export type { DocumentStatus, IssuedDocument, Owner, ScanState, StoredFile } from './documents-store.ts'
export {
  documentsOfDossier,
  findByVerifyCode,
  findDocumentById,
  findFiles,
  markReplaced,
  markRevoked,
} from './documents-store.ts'
export { forms, type SlipData, type SlipKind, slipKindOf } from './forms.ts'
export { type Issue, issueDocument } from './issue-document.ts'
export { type Layouts, layoutOf, readLayouts, type UnreadableEdition } from './layouts.ts'
export {
  enterInLog,
  type LogEntry,
  logEntriesOf,
export { cleanFileName, withExtension } from './file-name.ts'
  logNumber,
  logVolume,
  type Received,
  readLogEntries,
} from './log-entries.ts'
export { fileResponse, findFile, type OpenedFile, openDocument, openFile } from './open-file.ts'

export { refusals as documentRefusals } from './refusals.ts'
export { closePrinting, type OwnTemplate, type PrintOptions, renderSlip, slipView } from './render-slip.ts'
export {
  type HandoverResult,
  type LogBookRow,
  logBookColumns,
  momentInWords,
  mostLogBookLines,
} from './slip-data.ts'
export type { AcceptedType } from './sniff-file.ts'
export { spreadsheet } from './spreadsheet.ts'
export { type FileDoor, storeFile, type Upload } from './store-file.ts'
export * from './templates/index.ts'
export { type TusOptions, tusRoutes } from './tus.ts'
export { referToDocument, referToFile } from './refer-to-file.ts'
