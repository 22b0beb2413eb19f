import type { Queryable } from '../../kernel/db.ts'
import { at } from '../../kernel/time.ts'

/** What the three questions can be answered with today. Counts of people and of acts, never who. */
export interface Usage {
  used: {
    /** Different people who filed online: by personal number, else by account. */
    peopleOnline: number
    /** Online applications begun on this site, and of those the sent ones. */
    draftsBegun: number
    draftsSent: number
    /** Begun, not sent, and untouched for a week. */
    draftsLeft: number
  }
  convenient: {
    /** Minutes from beginning an application to sending it, by the wall clock; null when none was sent here. */
    medianMinutes: number | null
    /** Answers per sent application that accounts and registers gave, so nobody asked for them. */
    answersKnown: number | null
    /** Accepted dossiers, and of those the ones for which nothing more was ever asked. */
    accepted: number
    onceOnly: number
  }
  officialsTime: {
    /** Handling steps closed in the period, and the dossiers they belong to. */
    stepsDone: number
    dossiersHandled: number
    /** Of those steps, the ones that sent the work back to a colleague. */
    sentBack: number
    /** Dossiers that an officer typed at the counter. */
    typedAtCounter: number
    received: number
  }
}

/**
 * Reads usage from the dossiers themselves, not from the sums: distinct people cannot be added up. It grows with the
 * number of dossiers of the period, so whoever shows it should remember it for a while.
 */
export async function usage(
  db: Queryable,
  { authority, from, to }: { authority: string | null; from: string; to: string },
): Promise<Usage> {
  const values = [authority ?? '', at(from, '00:00'), at(to, '23:59:59.999')]
  const [people, drafts, handling] = await Promise.all([
    db.query({ name: 'indicators.usage-dossiers', text: ofDossiers, values }),
    db.query({ name: 'indicators.usage-drafts', text: ofDrafts, values }),
    db.query({ name: 'indicators.usage-steps', text: ofSteps, values }),
  ])
  const { peopleOnline, accepted, onceOnly, typedAtCounter, received } = people.rows[0]
  const { begun, sent, left, medianMinutes, answersKnown } = drafts.rows[0]
  return {
    used: { peopleOnline, draftsBegun: begun, draftsSent: sent, draftsLeft: left },
    convenient: { medianMinutes, answersKnown, accepted, onceOnly },
    officialsTime: { ...handling.rows[0], typedAtCounter, received },
  }
}

const within = (column: string) =>
  `($1 = '' or ${column} = $1 or (${column} >= $1 || '.' and ${column} < $1 || '/'))`

// After a reorganisation the one that settled it when it was filed; only what was inherited is looked at twice.
const settledBy = `coalesce(jsonb_path_query_first(d.predecessors, '$[*] ? (@.as == "competent").authority') #>> '{}',
  d.competent) collate "C"`

// How people come to the office: whoever files linked procedures filed once, whatever branches it has.
const ofDossiers = `
  select count(distinct coalesce(p.personal_id, p.person_id)) filter (where d.channel = 'online') as "peopleOnline",
    count(*) filter (where d.accepted_at is not null) as accepted,
    count(*) filter (where d.accepted_at is not null and d.supplement_requests = 0) as "onceOnly",
    count(*) filter (where d.channel <> 'online') as "typedAtCounter",
    count(*) as received
  from dossiers.dossier d join dossiers.party p on p.dossier_id = d.id
  where d.linked is null and d.submitted_at between $2 and $3
    and (${within('d.competent')} or d.predecessors <> '[]') and ${within(`(${settledBy})`)}`

// A draft knows only where it will be received; one without a place counts for the whole.
const ofDrafts = `
  select count(*) as begun,
    count(*) filter (where submitted_code is not null) as sent,
    count(*) filter (where submitted_code is null and updated_at < $3::timestamptz - interval '7 days') as "left",
    percentile_cont(0.5) within group (order by extract(epoch from updated_at - created_at) / 60)
      filter (where submitted_code is not null)::float8 as "medianMinutes",
    avg((select count(*) from jsonb_each_text(origins) o where o.value <> 'asked'))
      filter (where submitted_code is not null)::float8 as "answersKnown"
  from dossiers.draft
  where created_at between $2 and $3 and (receiving is null and $1 !~ '[.]' or ${within('receiving')})`

const ofSteps = `
  select count(*) as "stepsDone", count(distinct dossier_id) as "dossiersHandled",
    count(*) filter (where outcome = 'send-back') as "sentBack"
  from dossiers.task
  where closed_at between $2 and $3 and kind = 'step' and ${within('authority')}`
