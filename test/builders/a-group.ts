import { accepted } from '../../src/kernel/errors.ts'
import { drainFeed } from '../../src/kernel/feed.ts'
import {
  findVersion,
  forgetVersions,
  type LinkedBranch,
  ProcedureVersion,
} from '../../src/modules/catalogue/index.ts'
import {
  type Branch,
  type Dossier,
  findById,
  linkedConsumer,
  openTasks,
} from '../../src/modules/dossiers/index.ts'
import { fieldsOf, findForm } from '../../src/modules/forms/index.ts'
import { compileProcess, forgetProcesses } from '../../src/modules/processes/index.ts'
import { type Desk, morning } from './a-desk.ts'
import { aModel, aStep, aTimer, element } from './a-model.ts'

export const branchOf = (key: string, procedureCode: string, given: Partial<LinkedBranch> = {}) => ({
  ...{ key, procedureCode, after: [], when: null, answers: {}, papers: {}, limit: null },
  ...{ lead: false, compensation: null },
  ...given,
})

/** A group of linked procedures on a desk: the form of a birth, a process that waits for the branches. */
export async function aGroup(
  desk: Desk,
  branches: readonly ReturnType<typeof branchOf>[],
  groupCode = '3.990001',
) {
  await storeProcess(desk)
  await storeVersion(desk, groupCode, branches)
  return groupOf(desk, { procedureCode: groupCode, formKey: 'birth-registration' })
}

/** Works with a group that can be filed on a desk: files it, decides its branches and gives their results. */
export function groupOf(desk: Desk, { procedureCode, formKey }: { procedureCode: string; formKey: string }) {
  const consumer = linkedConsumer(desk.db)
  const settle = () => drainFeed(desk.db, [consumer])

  /** Files the group for a mother; accepted at the counter of her ward, unless asked otherwise. */
  async function fileGroup({ accept = true, at = morning } = {}): Promise<Dossier> {
    const input = await desk.submissionOf(formKey)
    const { dossier } = accepted(
      await desk.dossiers.submit(
        desk.citizen(formKey),
        { ...input, procedureCode },
        { key: crypto.randomUUID(), now: at },
      ),
    )
    if (accept) await must(desk, dossier, 'reception', { command: 'accept' }, at)
    await settle()
    return desk.stored(dossier)
  }

  const branch = (group: Dossier, key: string): Branch => group.branches!.find((each) => each.key === key)!
  async function child(group: Dossier, key: string): Promise<Dossier> {
    const { dossierId } = branch(await desk.stored(group), key)
    return (await findById(desk.db.pool, dossierId!))!.dossier
  }

  /** Works on a branch until it is decided as wanted, hour after hour. */
  async function decide(group: Dossier, key: string, wanted: 'granted' | 'refused', from = morning) {
    let dossier = await child(group, key)
    for (let hour = 0; dossier.state === 'in-progress' && hour < 20; hour++) {
      const at = new Date(from.getTime() + hour * 60_000)
      const task = openTasks(dossier).find(({ kind }) => kind === 'step')!
      if (task.stepKind === 'draft')
        await must(desk, dossier, task, { command: 'draftResult', draft: { personalId: '031326000111' } }, at)
      const request =
        task.stepKind !== 'decide'
          ? ({ command: 'completeStep', outcome: 'ok' } as const)
          : wanted === 'granted'
            ? ({ command: 'approve' } as const)
            : ({ command: 'decline', reason: 'Không đủ điều kiện' } as const)
      dossier = await must(desk, dossier, task, request, at)
    }
    await settle()
    return dossier
  }

  /** Gives the results of a branch to the people. */
  async function giveBack(group: Dossier, key: string, at = morning) {
    const dossier = await child(group, key)
    await must(desk, dossier, 'reception', { command: 'returnResult', delivery: 'electronic' }, at)
    await settle()
  }

  const states = async (group: Dossier) => {
    const { branches: now } = await desk.stored(group)
    return Object.fromEntries(now!.map(({ key, state }) => [key, state]))
  }

  return { settle, fileGroup, branch, child, decide, giveBack, states, consumer }
}

/** Acts as whoever holds a task, or a role where the dossier was received. */
export async function must(
  desk: Desk,
  dossier: Dossier,
  by: string | { role: string; authority: string },
  request: Parameters<Desk['act']>[2],
  at = morning,
): Promise<Dossier> {
  const { role, authority } = typeof by === 'string' ? { role: by, authority: dossier.receivedBy } : by
  const holder = desk.officers.find(({ posts }) =>
    posts.some((post) => post.authorityCode === authority && (post.roles as string[]).includes(role)),
  )
  if (holder === undefined) throw new Error(`nobody holds ${role} at ${authority}`)
  return accepted(await desk.act(desk.officer(holder.officerId), dossier, request, at))
}

async function storeProcess({ database, db }: Desk): Promise<void> {
  const xml = aModel(
    [
      element('receiveTask', {
        ...{ id: 'branches', name: 'Chờ các cơ quan', messageRef: 'm' },
        ...{ 'motcua:role': 'reception', 'motcua:hours': 24, 'motcua:unitKind': 'one-stop' },
      }),
      element(
        'boundaryEvent',
        { id: 'soon', attachedToRef: 'branches', cancelActivity: 'false' },
        aTimer('-PT4H', { relativeTo: 'dossier-due' }),
      ),
      aStep('remind', { role: 'reception', unitKind: 'one-stop' }),
      element('endEvent', { id: 'granted', 'motcua:result': 'granted' }),
      element('endEvent', { id: 'reminded' }),
    ],
    ['start > branches', 'branches > granted', 'soon > remind', 'remind > reminded'],
    element('message', { id: 'm', name: 'branches-ended' }),
  ).replace('<bpmn:process id="p"', '<bpmn:process id="linked-test"')
  const compiled = accepted(await compileProcess(xml))
  await database.pool.query(
    `insert into processes.process_version (key, version, bpmn_xml, compiled, valid_from, published_at)
     values ('linked-test', 1, $1, $2, '2026-01-01', now()) on conflict do nothing`,
    [xml, JSON.stringify(compiled)],
  )
  forgetProcesses(db)
}

async function storeVersion(
  { database, db }: Desk,
  groupCode: string,
  branches: readonly ReturnType<typeof branchOf>[],
) {
  const birth = (await findVersion(db, '1.001193', '2026-11-19'))!
  const form = (await findForm(db, birth.formKey, { on: '2026-11-19' }))!
  const same = Object.fromEntries(
    fieldsOf(form.compiled.definition)
      .filter(({ group, field }) => !group.repeat && field.type !== 'computed')
      .map(({ field }) => [field.key, `answers.${field.key}`]),
  )
  const linked = {
    branches: branches.map((each) => (each.procedureCode === '1.001193' ? { ...each, answers: same } : each)),
  }
  const limit = { amount: 3, unit: 'working-day', cutOff: null, raw: '3 ngày làm việc', addition: null }
  const cases = birth.cases.map((each) => ({ ...each, limit, channelLimits: {} }))
  const definition = ProcedureVersion.parse({
    ...{ ...birth, procedureCode: groupCode, processKey: 'linked-test', linked, cases },
    ...{ name: 'Nhóm thử', plainName: 'Nhóm thử' },
  })
  await database.pool.query(
    `insert into catalogue.procedure select (jsonb_populate_record(p, jsonb_build_object('code', $1::text))).*
     from catalogue.procedure p where p.code = '1.001193' on conflict do nothing`,
    [groupCode],
  )
  await database.pool.query(
    `insert into catalogue.procedure_version (procedure_code, version, definition, valid_from, valid_to, published_at)
     values ($1, 1, $2, '2026-01-01', null, now())
     on conflict (procedure_code, version) do update set definition = excluded.definition`,
    [groupCode, JSON.stringify(definition)],
  )
  forgetVersions(db)
}
