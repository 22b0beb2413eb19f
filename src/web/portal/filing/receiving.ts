import type { Answers, FormDefinition } from 'motcua/modules/forms'

interface Agency {
  code: string
  communeCode: string | null
}

/**
 * The authority that settles a filing, as far as the answers say: the one chosen, or the one of the place
 * (plot, dwelling, last residence) from which the form computes it.
 */
export function receivingOf(
  definition: FormDefinition,
  answers: Answers,
  agencies: readonly Agency[],
): string | undefined {
  const chosen = (answers.receivingAgency as { code?: unknown } | undefined)?.code
  if (typeof chosen === 'string') return agencies.find(({ code }) => code === chosen)?.code
  const place = answers[placeBehind(definition) ?? ''] as { communeCode?: unknown } | undefined
  if (typeof place?.communeCode !== 'string') return undefined
  return agencies.find(({ communeCode }) => communeCode === place.communeCode)?.code
}

/** Whether the form itself asks which authority shall settle. */
export function asksAgency(definition: FormDefinition): boolean {
  return fields(definition).some(({ key, type }) => key === 'receivingAgency' && type === 'agency')
}

// The form computes the name of the authority from one address: `is defined(plot.address.written)`.
function placeBehind(definition: FormDefinition): string | undefined {
  const computed = fields(definition).find(
    ({ key, type }) => key === 'receivingAgency' && type === 'computed',
  )
  return /([A-Za-z0-9.]+)\.written/.exec(computed?.value ?? '')?.[1]
}

const fields = ({ pages }: FormDefinition) =>
  pages.flatMap(({ groups }) => groups.flatMap((group) => group.fields))
