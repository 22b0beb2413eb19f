import { Engine } from 'bpmn-engine'
import type { Db } from '../../src/kernel/db.ts'
import { newId } from '../../src/kernel/ids.ts'
import { aModel, aStep, element } from '../../test/builders/a-model.ts'

/**
 * The same process in an engine that keeps it in memory and saves its state after every step, as one must who wants to
 * find it again: kept in memory throughout, and read back from the database before every step. It has nothing else to
 * do: no rights, no tasks with owners, no journal, no dates, no timers, no choices.
 */
export function openPeer(db: Db, steps: readonly string[]) {
  const begin = async () => {
    const engine = new Engine({ name: 'peer', source })
    const execution = await engine.execute()
    const id = newId()
    return { id, engine, execution }
  }
  return {
    async liveInMemory() {
      const { id, engine, execution } = await begin()
      for (const step of steps) {
        execution.signal({ id: step })
        await save(db, id, await engine.getState())
      }
      mustHaveEnded(engine)
    },
    async liveRecovered() {
      const { id, engine } = await begin()
      await save(db, id, await engine.getState())
      let last = engine
      for (const step of steps) {
        const { rows } = await db.pool.query('select state from bench.peer where id = $1', [id])
        const again = new Engine({ name: 'peer' }).recover(rows[0].state)
        const execution = await again.resume()
        execution.signal({ id: step })
        await save(db, id, await again.getState())
        last = again
      }
      mustHaveEnded(last)
    },
  }
}

const save = (db: Db, id: string, state: unknown) =>
  db.pool.query({
    name: 'bench.save-peer',
    text: `insert into bench.peer (id, state) values ($1, $2) on conflict (id) do update set state = excluded.state`,
    values: [id, JSON.stringify(state)],
  })

// The work of a building permit, the two appraisals side by side.
const source = aModel(
  [
    element('parallelGateway', { id: 'split' }),
    element('parallelGateway', { id: 'join' }),
    ...['assign', 'site', 'planning', 'conclude', 'draft', 'review', 'sign', 'issue'].map((id) => aStep(id)),
    element('endEvent', { id: 'granted' }),
  ],
  [
    ...[
      'start > assign',
      'assign > split',
      'split > site',
      'split > planning',
      'site > join',
      'planning > join',
    ],
    ...[
      'join > conclude',
      'conclude > draft',
      'draft > review',
      'review > sign',
      'sign > issue',
      'issue > granted',
    ],
  ],
)

function mustHaveEnded({ state }: Engine): void {
  if (state !== 'idle') throw new Error(`the peer did not finish: ${state}`)
}
