import { appointments } from './appointments.en.ts'
import { board } from './board.en.ts'
import { branches } from './branches.en.ts'
import { calendar } from './calendar.en.ts'
import { calendarPage } from './calendar-page.en.ts'
import { cases } from './cases.en.ts'
import { catalogue } from './catalogue.en.ts'
import { certify } from './certify.en.ts'
import { changes } from './changes.en.ts'
import { checks } from './checks.en.ts'
import { closed } from './closed.en.ts'
import { desk } from './desk.en.ts'
import { differences } from './differences.en.ts'
import { digitise } from './digitise.en.ts'
import { documents } from './documents.en.ts'
import { dossiers } from './dossiers.en.ts'
import { doubts } from './doubts.en.ts'
import { eligibility } from './eligibility.en.ts'
import { exchange } from './exchange.en.ts'
import { explore } from './explore.en.ts'
import { feedback } from './feedback.en.ts'
import { feel } from './feel.en.ts'
import { filing } from './filing.en.ts'
import { formBuilder } from './form-builder.en.ts'
import { forms } from './forms.en.ts'
import { http } from './http.en.ts'
import { identity } from './identity.en.ts'
import { indexSets } from './index-sets.en.ts'
import { indicators } from './indicators.en.ts'
import { library } from './library.en.ts'
import { life } from './life.en.ts'
import { linked } from './linked.en.ts'
import { live } from './live.en.ts'
import { logbook } from './logbook.en.ts'
import { moving } from './moving.en.ts'
import { notifications } from './notifications.en.ts'
import { officerFigures } from './officer-figures.en.ts'
import { overdue } from './overdue.en.ts'
import { packages } from './packages.en.ts'
import { powers } from './powers.en.ts'
import { preview } from './preview.en.ts'
import { procedureEditor } from './procedure-editor.en.ts'
import { processEditor } from './process-editor.en.ts'
import { processes } from './processes.en.ts'
import { processPage } from './processes-desk.en.ts'
import { provinceRules } from './province-rules.en.ts'
import { reform } from './reform.en.ts'
import { reorganise } from './reorganise.en.ts'
import { replay } from './replay.en.ts'
import { retention } from './retention.en.ts'
import { routing } from './routing.en.ts'
import { rules } from './rules.en.ts'
import { score } from './score.en.ts'
import { signatures } from './signatures.en.ts'
import { signing } from './signing.en.ts'
import { status } from './status.en.ts'
import { studio } from './studio.en.ts'
import { targets } from './targets.en.ts'
import { templateEditor } from './template-editor.en.ts'
import { text } from './text.en.ts'
import { tracking } from './tracking.en.ts'
import { vault } from './vault.en.ts'
import { web } from './web.en.ts'
import { work } from './work.en.ts'
/** All English sentences by area, in step with `vi.ts`. */
export const en = {
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
