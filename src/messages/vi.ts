import { appointments } from './appointments.vi.ts'
import { board } from './board.vi.ts'
import { branches } from './branches.vi.ts'
import { calendar } from './calendar.vi.ts'
import { calendarPage } from './calendar-page.vi.ts'
import { cases } from './cases.vi.ts'
import { catalogue } from './catalogue.vi.ts'
import { certify } from './certify.vi.ts'
import { changes } from './changes.vi.ts'
import { checks } from './checks.vi.ts'
import { closed } from './closed.vi.ts'
import { desk } from './desk.vi.ts'
import { differences } from './differences.vi.ts'
import { digitise } from './digitise.vi.ts'
import { documents } from './documents.vi.ts'
import { dossiers } from './dossiers.vi.ts'
import { doubts } from './doubts.vi.ts'
import { eligibility } from './eligibility.vi.ts'
import { exchange } from './exchange.vi.ts'
import { explore } from './explore.vi.ts'
import { feedback } from './feedback.vi.ts'
import { feel } from './feel.vi.ts'
import { filing } from './filing.vi.ts'
import { formBuilder } from './form-builder.vi.ts'
import { forms } from './forms.vi.ts'
import { http } from './http.vi.ts'
import { identity } from './identity.vi.ts'
import { indexSets } from './index-sets.vi.ts'
import { indicators } from './indicators.vi.ts'
import { library } from './library.vi.ts'
import { life } from './life.vi.ts'
import { linked } from './linked.vi.ts'
import { live } from './live.vi.ts'
import { logbook } from './logbook.vi.ts'
import { moving } from './moving.vi.ts'
import { notifications } from './notifications.vi.ts'
import { officerFigures } from './officer-figures.vi.ts'
import { overdue } from './overdue.vi.ts'
import { packages } from './packages.vi.ts'
import { powers } from './powers.vi.ts'
import { preview } from './preview.vi.ts'
import { procedureEditor } from './procedure-editor.vi.ts'
import { processEditor } from './process-editor.vi.ts'
import { processes } from './processes.vi.ts'
import { processPage } from './processes-desk.vi.ts'
import { provinceRules } from './province-rules.vi.ts'
import { reform } from './reform.vi.ts'
import { reorganise } from './reorganise.vi.ts'
import { replay } from './replay.vi.ts'
import { retention } from './retention.vi.ts'
import { routing } from './routing.vi.ts'
import { rules } from './rules.vi.ts'
import { score } from './score.vi.ts'
import { signatures } from './signatures.vi.ts'
import { signing } from './signing.vi.ts'
import { status } from './status.vi.ts'
import { studio } from './studio.vi.ts'
import { targets } from './targets.vi.ts'
import { templateEditor } from './template-editor.vi.ts'
import { text } from './text.vi.ts'
import { tracking } from './tracking.vi.ts'
import { vault } from './vault.vi.ts'
import { web } from './web.vi.ts'
import { work } from './work.vi.ts'
/** All Vietnamese sentences by area. An area is one file here and its twin in `en.ts`. */
export const vi = {
  score,
  closed,
  doubts,
  retention,
  signing,
  exchange,
  packages,
  cases,
  signatures,
  studio,
  changes,
  board,
  appointments,
  branches,
  calendar,
  calendarPage,
  catalogue,
  certify,
  checks,
  desk,
  differences,
  digitise,
  documents,
  dossiers,
  eligibility,
  explore,
  feedback,
  feel,
  filing,
  formBuilder,
  forms,
  http,
  identity,
  indexSets,
  indicators,
  library,
  life,
  linked,
  live,
  logbook,
  moving,
  notifications,
  officerFigures,
  overdue,
  powers,
  procedureEditor,
  preview,
  processes,
  processEditor,
  processPage,
  provinceRules,
  reform,
  replay,
  routing,
  reorganise,
  rules,
  status,
  targets,
  templateEditor,
  text,
  tracking,
  vault,
  web,
  work,
} as const
