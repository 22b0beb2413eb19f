export type { DocumentStatus, IssuedDocument, Owner, ScanState, StoredFile } from './documents-store.ts'
export { findByVerifyCode, findDocumentById, findFiles } from './documents-store.ts'
export { forms, type SlipData, type SlipKind, slipKindOf } from './forms.ts'
export { type Issue, issueDocument } from './issue-document.ts'
export { type Layouts, layoutOf, readLayouts, type UnreadableEdition } from './layouts.ts'
export { fileResponse, findFile, type OpenedFile, openDocument, openFile } from './open-file.ts'

export { refusals as documentRefusals } from './refusals.ts'
export { closePrinting, type PrintOptions, renderSlip } from './render-slip.ts'
export type { HandoverResult, LogBookRow } from './slip-data.ts'

export type { AcceptedType } from './sniff-file.ts'
export { type FileDoor, storeFile, type Upload } from './store-file.ts'
export { type TusOptions, tusRoutes } from './tus.ts'
