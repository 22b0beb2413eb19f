import type { App } from '../app.ts'
import { accepted } from '../kernel/errors.ts'
import { at, dateOfLaw } from '../kernel/time.ts'
import { isWorkingDate } from '../modules/calendar/index.ts'
import { allOfficers } from '../modules/directory/index.ts'
import { dossierCode } from '../modules/dossiers/index.ts'
import type { Officer } from '../modules/identity/index.ts'
import { stateRule } from '../modules/retention/index.ts'
import { copyDossiers } from '../simulation/copy-dossiers.ts'
import { seededRandom } from '../simulation/random.ts'
import { type SimulatedDossier, simulateDossier } from '../simulation/simulate-dossier.ts'
import { loadWorld } from '../simulation/world.ts'

const ward = 'H99.12'
const procedure = '2.000815'
const howMany = 24

/**
 * What the page of the archive shows in a demonstration: dossiers of the year before last whose sample period is over,
 * one of them held, some destroyed with a certificate, some proposed and waiting for a leader, the rest due.
 */
export async function giveOldDossiers(app: App, now: Date): Promise<void> {
  const year = Number(dateOfLaw(now).slice(0, 4)) - 2
  const lives = await livesOf(app, year, now)
  await copyDossiers(app.db, lives)
  accepted(await stateRule(app.db, samplePeriod, { by: 'Dữ liệu mẫu', now }))
  const control = await officerOf(app, 'officer-hoa-sen-control-1')
  const leader = await officerOf(app, 'officer-hoa-sen-leader-1')
  const codes = lives.map(({ dossier }) => dossier.code)
  accepted(
    await app.retention.placeHold(control, {
      ...{ authority: ward, kind: 'appeal', codes: codes.slice(0, 1) },
      reason: 'Có đơn khiếu nại về bản sao đã chứng thực (dữ liệu mẫu)',
    }),
  )
  const propose = async (basis: string, some: string[]) =>
    accepted(await app.retention.propose(control, { authority: ward, basis, codes: some })).id
  const first = await propose(
    `Danh mục tài liệu hết giá trị năm ${year}, đợt 1 (dữ liệu mẫu)`,
    codes.slice(1, 7),
  )
  const decision = 'Đồng ý hủy theo danh mục'
  accepted(await app.retention.decide(leader, { id: first, approve: true, decision }))
  await propose(`Danh mục tài liệu hết giá trị năm ${year}, đợt 2 (dữ liệu mẫu)`, codes.slice(7, 14))
}

const samplePeriod = {
  ...{ id: 'sample-certified-copies', validFrom: '2000-01-01', part: 'dossier', procedureCode: procedure },
  ...{ years: 1, confidence: 'U', source: 'Dữ liệu mẫu' },
  basis: 'Dữ liệu mẫu: thời hạn ngắn để trang này có hồ sơ mà xem',
}

async function officerOf({ db }: App, id: string): Promise<Officer> {
  const found = (await allOfficers(db)).find(({ officerId }) => officerId === id)
  if (!found) throw new Error(`no officer ${id}`)
  const { officerId, name, posts } = found
  return { kind: 'officer', officerId, name, posts: posts as Officer['posts'] }
}

/** Certified copies of one spring, each lived to its end. */
async function livesOf({ db }: App, year: number, now: Date): Promise<SimulatedDossier[]> {
  const world = await loadWorld(db, now)
  const offer = world.offers.find(({ rules }) => rules.version.procedureCode === procedure)
  const site = offer?.sites.find(({ authority }) => authority.code === ward)
  if (!offer || !site) return []
  const lives: SimulatedDossier[] = []
  let date = Temporal.PlainDate.from({ year, month: 3, day: 4 })
  for (; lives.length < howMany; date = date.add({ days: 1 })) {
    const day = date.toString()
    if (!isWorkingDate(site.calendar, day)) continue
    const nth = lives.length
    const filedAt = at(day, `${String(8 + (nth % 3)).padStart(2, '0')}:${String(10 + nth)}:00`)
    const code = dossierCode(ward, day, 90_001 + nth)
    const filing = { offer, site, channel: 'direct' as const, at: filedAt, code }
    const life = simulateDossier(filing, now, seededRandom(9000 + date.dayOfYear))
    if (life.dossier.state === 'returned' && life.dossier.closedAt?.startsWith(String(year))) lives.push(life)
  }
  return lives
}
