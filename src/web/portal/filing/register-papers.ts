import { isRefusal } from 'motcua/kernel/errors'
import { storeFile } from 'motcua/modules/documents'
import type { PaperInput } from 'motcua/modules/dossiers'
import { isUnavailable } from 'motcua/modules/forms'
import { dateText, momentText } from '../../ui/format'
import type { Filing } from './filing-source'

/** Papers that a register holds in electronic form, so that nobody has to send them (Luật Hộ tịch, NĐ 63/2024). */
const held: Record<string, { register: string; entry: string; name: string }> = {
  'birth-notice': { register: 'HEALTH', entry: 'GiayChungSinh', name: 'Giấy chứng sinh điện tử' },
  'death-notice': { register: 'HEALTH', entry: 'GiayBaoTu', name: 'Giấy báo tử điện tử' },
}

/** Adds to a new draft an extract of each electronic paper that the registers hold for this person. */
export async function registerPapers({
  page,
  person,
  rules,
  registers,
  draft,
}: Filing): Promise<PaperInput[]> {
  // What the registers hold is about this person's own family.
  if (draft.filedFor.kind !== 'self' && draft.filedFor.kind !== 'child') return []
  const papers: PaperInput[] = []
  for (const { key } of rules.version.components) {
    const paper = held[key]
    const register = paper && registers[paper.register]
    if (!paper || !register || isUnavailable(register)) continue
    const entry = (register as Record<string, unknown>)[paper.entry]
    if (entry === undefined) continue
    const note = (register as { note?: unknown }).note
    const text = extract(paper.name, typeof note === 'string' ? note : '', entry, page.now)
    const stored = await storeFile(page.app.intake, [new TextEncoder().encode(text)], {
      name: `${paper.name}.txt`,
      owner: { kind: 'person', id: person.personId },
      purpose: `component:${key}`,
      now: page.now,
    })
    if (isRefusal(stored)) continue
    const { fileId, sha256, name, mediaType } = stored
    papers.push({ component: key, fileId, sha256, name, mediaType, source: 'register' })
  }
  return papers
}

function extract(name: string, note: string, entry: unknown, now: Date): string {
  const lines = Object.entries(entry as Record<string, unknown>).map(
    ([key, value]) => `${labels[key] ?? key}: ${shown(value)}`,
  )
  return [`Bản trích: ${name}`, note, `Lấy lúc ${momentText(now)}`, '', ...lines, ''].join('\n')
}

// The extract is an official's paper: Vietnamese, in the words of the notice, whatever language the page has.
const labels: Record<string, string> = {
  So: 'Số',
  NgaySinh: 'Ngày sinh',
  GioSinh: 'Giờ sinh',
  GioiTinh: 'Giới tính',
  NoiSinh: 'Nơi sinh',
  NgayMat: 'Ngày mất',
  GioMat: 'Giờ mất',
  NoiMat: 'Nơi mất',
  NguyenNhan: 'Nguyên nhân',
  NoiCap: 'Nơi cấp',
  NgayCap: 'Ngày cấp',
}
const words: Record<string, string> = { male: 'Nam', female: 'Nữ' }

function shown(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return dateText(value)
  if (typeof value !== 'object' || value === null) return words[String(value)] ?? String(value ?? '')
  const { facility, written } = value as { facility?: unknown; written?: unknown }
  const parts = written === undefined ? Object.values(value) : [facility, written]
  return parts.filter(Boolean).map(shown).join(', ')
}
