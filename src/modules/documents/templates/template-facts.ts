import type { InputType } from './template-draft.ts'

/** A fact that every paper of a dossier may state. */
export interface TemplateFact {
  key: string
  label: { vi: string; en: string }
  type: InputType
  /** Columns of a table. */
  columns?: { key: string; label: string }[]
}

const fact = (key: string, vi: string, en: string, type: InputType = 'text'): TemplateFact => ({
  key,
  label: { vi, en },
  type,
})

/** The facts that templates choose from, in the order people look for them; `papers/template-sources.ts` fills them. */
export const templateFacts: readonly TemplateFact[] = [
  fact('applicantName', 'Họ tên người nộp hồ sơ', 'Name of the applicant'),
  fact('applicantPersonalId', 'Số định danh cá nhân của người nộp', 'Personal number of the applicant'),
  fact('applicantAddress', 'Địa chỉ của người nộp hồ sơ', 'Address of the applicant'),
  fact('applicantPhone', 'Số điện thoại của người nộp hồ sơ', 'Telephone of the applicant'),
  fact('applicantEmail', 'Thư điện tử của người nộp hồ sơ', 'E-mail of the applicant'),
  fact('onBehalfOf', 'Người được nộp thay', 'On whose behalf it was filed'),
  fact('code', 'Mã hồ sơ', 'Code of the dossier'),
  fact('number', 'Số, ký hiệu của giấy', 'Number of the paper'),
  fact('on', 'Ngày của giấy', 'Date of the paper', 'date'),
  fact('procedureName', 'Tên thủ tục', 'Name of the procedure'),
  fact('procedureCode', 'Mã thủ tục', 'Code of the procedure'),
  fact('caseName', 'Trường hợp của thủ tục', 'Case of the procedure'),
  fact('competent', 'Cơ quan giải quyết', 'Authority that settles'),
  fact('received', 'Nơi tiếp nhận hồ sơ', 'Where the dossier was handed in'),
  fact('receivedPhone', 'Số điện thoại nơi tiếp nhận', 'Telephone where it was handed in'),
  fact('submittedOn', 'Ngày nộp hồ sơ', 'Day of filing', 'date'),
  fact('receivedOn', 'Ngày tiếp nhận hồ sơ', 'Day of receipt', 'date'),
  fact('dueOn', 'Ngày hẹn trả kết quả', 'Day the result is due', 'date'),
  fact('dueAt', 'Thời điểm hẹn trả kết quả', 'When the result is due'),
  fact('limit', 'Thời hạn giải quyết', 'Time limit'),
  fact('reason', 'Lý do, nội dung của việc này', 'Reason of this act', 'paragraphs'),
  fact('items', 'Các mục cần bổ sung', 'What is to be supplemented', 'list'),
  { ...fact('papers', 'Thành phần hồ sơ đã nộp', 'Papers handed in', 'table'), columns: paperColumns() },
  fact('legalBases', 'Căn cứ pháp lý của thủ tục', 'Legal bases of the procedure', 'list'),
  fact('officerName', 'Họ tên người ký, người lập', 'Name of who signs'),
  fact('officerTitle', 'Chức vụ người ký', 'Title of who signs'),
  fact('verifyCode', 'Mã xác minh', 'Code of verification'),
]

function paperColumns() {
  return [
    { key: 'name', label: 'Tên giấy tờ' },
    { key: 'form', label: 'Hình thức' },
    { key: 'quantity', label: 'Số lượng' },
  ]
}

/** Facts by their keys, as values: texts, dates of law `YYYY-MM-DD`, lists, or rows of a table. */
export type FactValues = Readonly<Record<string, unknown>>
