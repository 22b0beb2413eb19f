import type { Db } from '../../../kernel/db.ts'
import { dateOfLaw } from '../../../kernel/time.ts'
import {
  findTemplate,
  momentInWords,
  type OwnTemplate,
  type TemplateKey,
  type TemplateSources,
  templateValues,
} from '../../documents/index.ts'
import { about, approvedAs, citation, limitOf, type PaperFacts } from './paper-facts.ts'
import type { Given } from './slip-data.ts'

/**
 * The template that the procedure of a dossier published for a paper, filled with what is known of the dossier;
 * undefined when it has none in force on the day of the paper, and the layout of the installation or of the product
 * prints it.
 */
export async function ownTemplate(
  db: Db,
  { key, facts, given, papers }: Printed,
): Promise<OwnTemplate | undefined> {
  const on = dateOfLaw(facts.act.at)
  const { procedureCode } = facts.version
  const found = await findTemplate(db.pool, { procedureCode, key, on })
  if (!found?.draft) return undefined
  const called = `${procedureCode}/${key} ${found.version}`
  const { name, page } = found.draft
  const lists = found.draft.inputs.some(({ from }) => from.kind === 'fact' && from.key === 'papers')
  const sources = templateSources(facts, given, lists ? await papers() : [])
  const values = templateValues(found.draft, sources)
  return { called, name, page, typst: found.typst, byHand: found.source === 'typst', ...values }
}

interface Printed {
  key: TemplateKey
  facts: PaperFacts
  given: Given
  /** What was handed in by then; looked up when the template lists it. */
  papers: () => Promise<PaperLine[]>
}

interface PaperLine {
  name: string
  form: string
  quantity: number
}

/** What templates may say about a dossier at the time of an act. Pure. */
function templateSources(facts: PaperFacts, given: Given, papers: PaperLine[]): TemplateSources {
  const { answers, known, words, act } = facts
  const draft = facts.draft ?? {}
  return {
    answers: { ...known, ...answers, ...draft },
    draft,
    words,
    today: dateOfLaw(act.at),
    facts: { ...applicantFacts(facts, given), ...dossierFacts(facts), ...actFacts(facts, given), papers },
  }
}

function applicantFacts(facts: PaperFacts, given: Given) {
  const { applicant } = about(facts, given)
  return {
    applicantName: applicant.name,
    applicantPersonalId: facts.party.personalId ?? null,
    applicantAddress: applicant.address,
    applicantPhone: applicant.phone ?? null,
    applicantEmail: applicant.email ?? null,
    onBehalfOf: applicant.onBehalfOf,
  }
}

function dossierFacts({ dossier, version, competent, received }: PaperFacts) {
  const due = dossier.dueAt ?? dossier.promisedDueAt
  return {
    code: dossier.code,
    procedureName: version.name,
    procedureCode: version.procedureCode,
    caseName: version.cases.find(({ code }) => code === dossier.caseCode)?.name ?? null,
    competent: competent.name,
    received: received.name,
    receivedPhone: received.phone,
    submittedOn: dateOfLaw(dossier.submittedAt),
    receivedOn: dossier.acceptedAt && dateOfLaw(dossier.acceptedAt),
    dueOn: due && dateOfLaw(due),
    dueAt: due && momentInWords(due),
    limit: limitOf(dossier),
    legalBases: version.legalBases.map(citation),
  }
}

function actFacts(facts: PaperFacts, given: Given) {
  const { act, draft } = facts
  const signer = approvedAs(facts)
  const drafted = typeof draft?.reason === 'string' ? draft.reason : null
  return {
    number: given.number,
    on: dateOfLaw(act.at),
    reason: act.text ?? act.request?.reason ?? drafted,
    items: act.request?.items.map((item) => item.text) ?? [],
    officerName: signer.name,
    officerTitle: signer.title.replaceAll('\n', ', '),
    verifyCode: given.verifyCode,
  }
}
