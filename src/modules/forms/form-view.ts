/** One HTML control. The template prints it as it stands; it decides nothing. */
export interface InputView {
  /** The `name` attribute. */
  name: string
  /** The `id` attribute; the error summary links to the first one of a field. */
  id: string
  kind: 'text' | 'textarea' | 'radio' | 'select' | 'checkbox' | 'file' | 'place' | 'agency' | 'hidden'
  /** Label of a part; absent when the field has one control and its own label serves. */
  label?: string
  value: string
  options?: OptionView[]
  inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email'
  autoComplete?: string
  maxLength?: number
  /** Width of the control: a year is not drawn as wide as a name. */
  width: 'short' | 'mid' | 'full'
}

export interface OptionView {
  value: string
  label: string
  checked: boolean
  /** On a live page: drawn, but not to be chosen now. */
  closed?: true
}

export interface FieldView {
  key: string
  /** Path inside the answers: the key, or `members[0].fullName`. */
  path: string
  type: string
  label: string
  legalLabel?: string
  help?: string
  required: boolean
  /** On a live page: drawn, but not asked now. */
  hidden?: true
  /** One control: draw a label and the control. Several: draw a fieldset with the label as its legend. */
  inputs: InputView[]
  /** Files already stored: shown with a remove button. */
  files?: { fileId: string; name: string }[]
  error?: string
  /** What the form warns of here; nothing is refused for it. */
  warning?: string
  /** The register could not be asked, so the person types. */
  sourceUnavailable?: string
}

export interface KnownFact {
  key: string
  label: string
  text: string
  /** The person may correct it (link with `?sua=<key>`); locked facts are corrected in their register. */
  editable: boolean
  /** On a live page: drawn, but nothing to read now. */
  hidden?: true
}

/** Facts of one source, shown together under its name. */
export interface KnownBlock {
  source: string
  /** “Cơ sở dữ liệu quốc gia về dân cư” */
  label: string
  note?: string
  facts: KnownFact[]
}

export interface GroupView {
  key: string
  title?: string
  /** On a live page: drawn, but nothing of it is asked now. */
  hidden?: true
  fields: FieldView[]
  /** A repeated group: each row has its own fields; `fields` above is then empty. */
  rows?: RowView[]
  /** Draw the rows as lines of a table with these columns: a cell is the field or the fact of the row at its path. */
  columns?: { key: string; label: string; help?: string; required: boolean }[]
  addLabel?: string
  canAdd?: boolean
  /** On a live page: the row that a script copies, numbered `blankIndex`. */
  blank?: RowView
}

export interface RowView {
  index: number
  /** `members[0]`, or `members[0].children[1]` in a list inside a row. */
  path: string
  fields: FieldView[]
  known: KnownFact[]
  /** Lists inside the row; the key of each is its path, `members[0].children`. */
  groups?: GroupView[]
}

export interface ProblemView {
  field: string
  /** `href="#…"` of the control to repair. */
  href: string
  text: string
  pageKey: string
}

export interface StepView {
  key: string
  title: string
  state: 'done' | 'now' | 'todo'
  /** Questions that this page asks now. */
  asks: number
}

export interface FormPageView {
  formKey: string
  key: string
  title: string
  intro?: string
  /** 1-based place among visible pages and how many there are, without the review page. */
  number: number
  total: number
  previousKey?: string
  nextKey?: string
  steps: StepView[]
  groups: GroupView[]
  known: KnownBlock[]
  /** Questions on this page, and facts on it that nobody has to type. */
  asks: number
  knownCount: number
  /** “Trang này chỉ hỏi 3 câu. 5 câu khác đã có sẵn.” */
  countText: string
  problems: ProblemView[]
}

export interface ReviewRow {
  key: string
  label: string
  text: string
  source?: string
  /** Page to go back to; absent for locked and computed answers. */
  editPageKey?: string
  sensitive: boolean
}

export interface ReviewView {
  formKey: string
  title: string
  sections: { key: string; title: string; rows: ReviewRow[] }[]
  counts: BurdenView
  /** “Anh/chị không phải trả lời 29 câu.” */
  notAskedText: string
  assurance: { text: string; version: number }
  problems: ProblemView[]
  warnings: ProblemView[]
}

export interface BurdenView {
  /** Labels of the legal form that applied to this dossier. */
  paper: number
  known: number
  prefilled: number
  dropped: number
  asked: number
  onlineOnly: number
  /** known + prefilled + dropped */
  notAsked: number
  /** Everything the person had to answer. */
  asks: number
}
