import { isRefusal } from '../../kernel/errors.ts'
import { missingParts, ProcedureVersion } from '../catalogue/index.ts'
import { type CompiledForm, compileForm } from '../forms/index.ts'
import { type CompiledProcess, type PreviewFacts, previewProcess } from '../processes/index.ts'
import type { Contents, PartKind } from './contents.ts'
import { withEnglish } from './english.ts'
import { templateProblems } from './template-problems.ts'

/** What keeps a part from being published: an error of its own schema, compiler or engine. */
export interface PartProblem {
  part: PartKind
  /** Where in the part: `cases.0.limit.amount`, the key of a question, the id of an element. */
  at: string
  code: string
  details: unknown
}

/** The number, dates and decision under which the parts are to be published. */
export interface Edition {
  /** The procedure that is changed: the parts may name no other. */
  code: string
  version: number
  formVersion: number
  validFrom: string
  decision: { number: string; on: string }
}

/** Parts that are ready to run. */
export interface Prepared {
  edition: ProcedureVersion
  form: CompiledForm
  process: CompiledProcess
}

/**
 * Reads every part as it would run: the edition, the compiled form, the compiled process, and that they belong
 * together. Gives what is wrong with each part, never only the first.
 */
export async function prepare(
  contents: Contents,
  edition: Edition,
  facts: PreviewFacts,
): Promise<{ problems: PartProblem[] } | Prepared> {
  const { code, version, formVersion, validFrom, decision } = edition
  const dates = { validFrom, validTo: null }
  const procedure = ProcedureVersion.safeParse({
    ...withEnglish(contents.procedure),
    ...{ version, ...dates, announcement: decision },
  })
  const form = compileForm({ ...withEnglish(contents.form), version: formVersion, ...dates })
  const process = await previewProcess(contents.process.xml, facts)
  const problems = [
    ...(procedure.success ? missingOf(procedure.data) : issuesOf(procedure.error)),
    ...(isRefusal(form) ? formProblems(form) : []),
    ...process.problems.map(({ code, element, params }) => ({
      ...{ part: 'process' as const, at: element ?? '', code: `processes.problem.${code}`, details: params },
    })),
    ...(await templateProblems(contents)),
  ]
  if (problems.length > 0 || !procedure.success || isRefusal(form) || !process.process) return { problems }
  const strangers = together(code, procedure.data, form, process.process)
  return strangers.length > 0
    ? { problems: strangers }
    : { edition: procedure.data, form, process: process.process }
}

const missingOf = (version: ProcedureVersion): PartProblem[] =>
  missingParts(version).map((part) => ({
    ...{ part: 'procedure' as const, at: part, code: 'changes.part-missing', details: { part } },
  }))

const issuesOf = ({
  issues,
}: {
  issues: readonly { path: PropertyKey[]; message: string }[]
}): PartProblem[] =>
  issues.map(({ path, message }) => ({
    ...{ part: 'procedure' as const, at: path.join('.'), code: 'changes.part-invalid', details: { message } },
  }))

function formProblems({ details }: { details: unknown }): PartProblem[] {
  const { problems = [] } = details as { problems?: { at: string; code: string; details?: unknown }[] }
  return problems.map(({ at, code, details: more }) => ({ part: 'form', at, code, details: more ?? null }))
}

function together(
  code: string,
  edition: ProcedureVersion,
  form: CompiledForm,
  process: CompiledProcess,
): PartProblem[] {
  const { key, procedureCode } = form.definition
  const wrong = (part: PartKind, at: string, says: string, expected: string): PartProblem => ({
    ...{ part, at, code: 'changes.not-together', details: { says, expected } },
  })
  return [
    ...(edition.procedureCode === code
      ? []
      : [wrong('procedure', 'procedureCode', edition.procedureCode, code)]),
    ...(key === edition.formKey ? [] : [wrong('form', 'key', key, edition.formKey)]),
    ...(procedureCode === edition.procedureCode
      ? []
      : [wrong('form', 'procedureCode', procedureCode, edition.procedureCode)]),
    ...(process.id === edition.processKey ? [] : [wrong('process', 'id', process.id, edition.processKey)]),
  ]
}

/** Whether what was prepared is ready. */
export const isPrepared = (prepared: { problems: PartProblem[] } | Prepared): prepared is Prepared =>
  !('problems' in prepared)
