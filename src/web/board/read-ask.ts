import { BoardPeriod, type Step } from 'motcua/modules/indicators'
import { z } from 'zod'
import {
  type BoardAsk,
  daysOf,
  type PeriodKind,
  periodKinds,
  periodOf,
  sortKeys,
  stepFor,
} from './board-query'

const steps = { ngay: 'day', tuan: 'week', thang: 'month' } as const satisfies Record<string, Step>

const Address = z.object({
  ky: z.enum(periodKinds).optional().catch(undefined),
  tu: z.string().optional(),
  den: z.string().optional(),
  buoc: z.enum(['ngay', 'tuan', 'thang']).optional().catch(undefined),
  'co-quan': z.string().optional(),
  xep: z.enum(sortKeys).catch('nhan'),
  chieu: z.enum(['tang', 'giam']).optional().catch(undefined),
  bo: z.string().optional(),
  'man-hinh': z.string().optional(),
})

/** Reads the address of a board; `known` tells the authorities that exist. Whatever it says, there is a board to show. */
export function readAsk(search: URLSearchParams, today: string, known: ReadonlySet<string>): BoardAsk {
  const address = Address.parse(Object.fromEntries([...search].filter(([, value]) => value !== '')))
  const problems: BoardAsk['problems'] = []
  const own = address.tu || address.den ? ownPeriod(address.tu, address.den, today) : undefined
  if (own === null) problems.push('period')
  const kind = own ? kindOf(own, today) : address.ky && address.ky !== 'khac' ? address.ky : 'thang'
  const { from, to } = own ?? periodOf(kind, today)
  const wanted = address['co-quan'] ?? null
  const authority = wanted !== null && known.has(wanted) ? wanted : null
  if (wanted !== null && authority === null) problems.push('authority')
  return {
    kind,
    from,
    to,
    step: address.buoc ? roomFor(steps[address.buoc], from, to) : stepFor(from, to),
    authority,
    sort: address.xep,
    direction: address.chieu ?? (address.xep === 'ten' ? 'tang' : 'giam'),
    wall: address['man-hinh'] === '1',
    set: address.bo ?? null,
    problems,
  }
}

// The form always states its days; a usual period stays one, so that its name and its tab stay too.
function kindOf({ from, to }: { from: string; to: string }, today: string): PeriodKind {
  const usual = periodKinds
    .filter((kind) => kind !== 'khac')
    .find((kind) => {
      const period = periodOf(kind, today)
      return period.from === from && period.to === to
    })
  return usual ?? 'khac'
}

function ownPeriod(from: string | undefined, to: string | undefined, today: string) {
  const last = to ?? today
  const parsed = BoardPeriod.safeParse({ from: from ?? `${last.slice(0, 8)}01`, to: last })
  return parsed.success && parsed.data.from >= '2000-01-01' ? parsed.data : null
}

// A drawing of a thousand bars says nothing and weighs a lot.
function roomFor(step: Step, from: string, to: string): Step {
  const days = daysOf(from, to)
  if (step === 'day' && days > 100) return roomFor('week', from, to)
  return step === 'week' && days > 740 ? 'month' : step
}
