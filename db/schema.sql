-- @generated picture of the migrated database; a test compares it.
-- Draw it again with: npm run -s motcua -- schema --write

-- appointments --------------------------------------------------------------------

create schema appointments;
grant usage on schema appointments to motcua_app;

create table appointments.booking (
  id uuid not null,
  code text not null,
  authority text not null,
  procedure_code text not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  seat integer not null,
  person_id text not null,
  name text not null,
  personal_id text,
  phone text,
  papers jsonb not null,
  state text not null,
  dossier_code text,
  booked_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  purged_at timestamp with time zone,
  constraint booking_code_key UNIQUE (code),
  constraint booking_pkey PRIMARY KEY (id),
  constraint ends_after_it_starts CHECK ((ends_at > starts_at)),
  constraint purged_is_about_nobody CHECK (((purged_at IS NULL) OR (NOT (((((person_id IS DISTINCT FROM 'erased'::text) OR (name IS DISTINCT FROM ''::text)) OR (personal_id IS DISTINCT FROM NULL::text)) OR (phone IS DISTINCT FROM NULL::text)) OR (papers IS DISTINCT FROM '[]'::jsonb))))),
  constraint received_as_a_dossier CHECK (((state = 'received'::text) = (dossier_code IS NOT NULL))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['booked'::text, 'cancelled'::text, 'received'::text, 'missed'::text])))
);
CREATE INDEX booking_by_day ON appointments.booking USING btree (authority, starts_at);
CREATE INDEX booking_by_person ON appointments.booking USING btree (person_id, starts_at);
CREATE INDEX booking_just_purged ON appointments.booking USING btree (purged_at) WHERE (purged_at IS NOT NULL);
CREATE INDEX booking_to_purge ON appointments.booking USING btree (ends_at) WHERE (purged_at IS NULL);
CREATE UNIQUE INDEX one_person_per_seat ON appointments.booking USING btree (authority, procedure_code, starts_at, seat) WHERE (state <> 'cancelled'::text);
grant insert, select on appointments.booking to motcua_app;
grant update (changed_at) on appointments.booking to motcua_app;
grant update (dossier_code) on appointments.booking to motcua_app;
grant update (ends_at) on appointments.booking to motcua_app;
grant update (seat) on appointments.booking to motcua_app;
grant update (starts_at) on appointments.booking to motcua_app;
grant update (state) on appointments.booking to motcua_app;

create table appointments.change (
  booking_id uuid not null,
  at timestamp with time zone not null,
  act text not null,
  actor_kind text not null,
  actor_id text not null,
  starts_at timestamp with time zone not null,
  constraint change_booking_id_fkey FOREIGN KEY (booking_id) REFERENCES appointments.booking(id)
);
CREATE INDEX change_by_booking ON appointments.change USING btree (booking_id, at);
grant insert, select on appointments.change to motcua_app;

create table appointments.opening (
  authority text not null,
  procedure_code text not null,
  is_open boolean not null,
  slot_minutes integer not null,
  capacity integer not null,
  days_ahead integer not null,
  notice_minutes integer not null,
  stated_by text,
  stated_at timestamp with time zone not null default now(),
  constraint opening_pkey PRIMARY KEY (authority, procedure_code),
  constraint days_are_foreseeable CHECK (((days_ahead >= 1) AND (days_ahead <= 60))),
  constraint notice_is_short CHECK (((notice_minutes >= 0) AND (notice_minutes <= 1440))),
  constraint slot_fits_a_session CHECK (((slot_minutes >= 10) AND (slot_minutes <= 240))),
  constraint somebody_can_come CHECK (((capacity >= 1) AND (capacity <= 50)))
);
grant insert, select, update on appointments.opening to motcua_app;

CREATE OR REPLACE FUNCTION appointments.erase(moment timestamp with time zone)
 RETURNS TABLE(authority text, rule text, state text, bookings integer)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  today constant date := (moment at time zone 'Asia/Ho_Chi_Minh')::date;
begin
  return query
  with due as (
    select b.id, b.person_id as person, p.id as period
    from appointments.booking b
    cross join lateral (
      select r.id, r.years from retention.rule r
      where r.part = 'booking' and r.valid_from <= today and (r.valid_to is null or r.valid_to >= today)
        and (r.procedure_code is null or r.procedure_code = b.procedure_code)
      order by r.procedure_code is null, r.valid_from desc limit 1
    ) p
    where b.purged_at is null and p.years is not null
      and make_date(extract(year from b.ends_at at time zone 'Asia/Ho_Chi_Minh')::integer + p.years, 12, 31) < today
      and not exists (
        select from dossiers.dossier d
        join retention.held x on x.dossier_id = d.id
        join retention.hold h on h.id = x.hold_id
        where d.code = b.dossier_code and h.lifted_at is null and (h.until is null or h.until >= today))
    for update of b
  ), acts as (
    update appointments.change c set actor_id = 'erased' from due
    where c.booking_id = due.id and c.actor_kind = 'person'
  ), purged as (
    update appointments.booking b
    set person_id = 'erased', name = '', personal_id = null, phone = null, papers = '[]', code = b.id::text,
      dossier_code = case when b.dossier_code is not null then '' end, purged_at = moment
    from due where b.id = due.id
    returning b.authority, due.period, b.state
  )
  select purged.authority, purged.period, purged.state, count(*)::integer from purged
  group by 1, 2, 3 order by 1, 2, 3;

  delete from notifications.attempt a using notifications.message m, appointments.booking b
    where a.message_id = m.id and b.purged_at = moment
      and m.notice like 'booking:%' and split_part(m.notice, ':', 2) = b.id::text;
  delete from notifications.message m using appointments.booking b
    where b.purged_at = moment and m.notice like 'booking:%' and split_part(m.notice, ':', 2) = b.id::text;
end $function$
;

-- calendar ------------------------------------------------------------------------

create schema calendar;
grant usage on schema calendar to motcua_app;

create table calendar.special_day (
  territory text not null,
  year integer not null,
  version integer not null,
  on_date date not null,
  kind text not null,
  name text not null,
  status text not null,
  basis text not null,
  note text,
  constraint special_day_pkey PRIMARY KEY (territory, year, version, on_date),
  constraint special_day_kind_check CHECK ((kind = ANY (ARRAY['statutory_holiday'::text, 'compensatory_off'::text, 'swapped_off'::text, 'makeup_workday'::text]))),
  constraint special_day_status_check CHECK ((status = ANY (ARRAY['official'::text, 'recalled'::text, 'provisional'::text, 'pending'::text]))),
  constraint special_day_territory_year_version_fkey FOREIGN KEY (territory, year, version) REFERENCES calendar.version(territory, year, version)
);
grant insert, select on calendar.special_day to motcua_app;

create table calendar.version (
  territory text not null,
  year integer not null,
  version integer not null,
  source text not null,
  hash text not null,
  loaded_at timestamp with time zone not null default now(),
  published_by text,
  constraint version_pkey PRIMARY KEY (territory, year, version),
  constraint versions_start_at_one CHECK ((version > 0)),
  constraint years_are_near CHECK (((year >= 1976) AND (year <= 2200)))
);
grant insert, select on calendar.version to motcua_app;

-- catalogue -----------------------------------------------------------------------

create schema catalogue;
grant usage on schema catalogue to motcua_app;

create table catalogue.life_event (
  key text not null,
  "position" integer not null,
  name text not null,
  name_en text not null,
  synonyms text[] not null default '{}'::text[],
  entries jsonb not null,
  constraint life_event_pkey PRIMARY KEY (key),
  constraint life_event_position_key UNIQUE ("position")
);
grant delete, insert, select, update on catalogue.life_event to motcua_app;

create table catalogue.procedure (
  code text not null,
  name text not null,
  plain_name text,
  synonyms text[] not null default '{}'::text[],
  agency_code text,
  publisher text,
  announcing_decision text,
  levels text[] not null default '{}'::text[],
  procedure_type text,
  field text,
  subjects text[] not null default '{}'::text[],
  channels text[] not null default '{}'::text[],
  processing_times jsonb not null default '[]'::jsonb,
  stated_free boolean not null default false,
  fee_amounts_vnd bigint[] not null default '{}'::bigint[],
  source text not null,
  as_of date not null,
  constraint procedure_pkey PRIMARY KEY (code),
  constraint plain_names_are_not_empty CHECK ((plain_name <> ''::text))
);
grant delete, insert, select, update on catalogue.procedure to motcua_app;

create table catalogue.procedure_result (
  procedure_code text not null,
  result_code text not null,
  name text not null,
  constraint procedure_result_pkey PRIMARY KEY (procedure_code, result_code),
  constraint procedure_result_procedure_code_fkey FOREIGN KEY (procedure_code) REFERENCES catalogue.procedure(code)
);
CREATE INDEX procedure_result_by_code ON catalogue.procedure_result USING btree (result_code);
grant delete, insert, select, update on catalogue.procedure_result to motcua_app;

create table catalogue.procedure_version (
  procedure_code text not null,
  version integer not null,
  definition jsonb not null,
  valid_from date not null,
  valid_to date,
  published_at timestamp with time zone not null default now(),
  published_by text,
  decision_number text,
  decision_on date,
  replaced_to date,
  withdrawn_at timestamp with time zone,
  constraint procedure_version_pkey PRIMARY KEY (procedure_code, version),
  constraint edition_publication_is_whole CHECK ((((published_by IS NULL) = (decision_number IS NULL)) AND ((published_by IS NULL) = (decision_on IS NULL)))),
  constraint version_ends_after_it_starts CHECK ((valid_to >= valid_from)),
  constraint version_starts_at_one CHECK ((version > 0)),
  constraint procedure_version_procedure_code_fkey FOREIGN KEY (procedure_code) REFERENCES catalogue.procedure(code),
  constraint procedure_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES directory.officer(id)
);
CREATE UNIQUE INDEX one_edition_begins_a_day ON catalogue.procedure_version USING btree (procedure_code, valid_from) WHERE (withdrawn_at IS NULL);
CREATE INDEX procedure_version_by_date ON catalogue.procedure_version USING btree (procedure_code, valid_from DESC);
grant insert, select, update on catalogue.procedure_version to motcua_app;

create table catalogue.province (
  code text not null,
  stream uuid not null,
  sequence integer not null default 0,
  head_hash bytea,
  constraint province_pkey PRIMARY KEY (code),
  constraint province_stream_key UNIQUE (stream)
);
grant insert, select, update on catalogue.province to motcua_app;

create table catalogue.province_addition (
  province text not null,
  procedure_code text not null,
  days integer not null,
  reason text not null,
  communes text[] not null,
  sample boolean not null default false,
  valid_from date not null,
  valid_to date,
  constraint province_addition_pkey PRIMARY KEY (province, procedure_code, valid_from),
  constraint province_addition_communes_check CHECK ((cardinality(communes) > 0)),
  constraint province_addition_days_check CHECK ((days > 0)),
  constraint province_addition_ends_after_it_starts CHECK ((valid_to >= valid_from))
);
grant insert, select, update on catalogue.province_addition to motcua_app;

create table catalogue.province_fee (
  province text not null,
  procedure_code text not null,
  fee_key text not null,
  amount_vnd bigint not null,
  basis text not null,
  sample boolean not null default false,
  valid_from date not null,
  valid_to date,
  constraint province_fee_pkey PRIMARY KEY (province, procedure_code, fee_key, valid_from),
  constraint province_fee_amount_vnd_check CHECK ((amount_vnd >= 0)),
  constraint province_fee_ends_after_it_starts CHECK ((valid_to >= valid_from))
);
grant insert, select, update on catalogue.province_fee to motcua_app;

create table catalogue.province_override (
  id uuid not null,
  province text not null,
  procedure_code text not null,
  rule jsonb not null,
  resolution_number text not null,
  resolution_on date not null,
  valid_from date not null,
  valid_to date,
  set_by text not null,
  set_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint province_override_pkey PRIMARY KEY (id),
  constraint override_ends_after_it_starts CHECK ((valid_to >= valid_from)),
  constraint override_says_what CHECK (((rule ->> 'kind'::text) = ANY (ARRAY['fee'::text, 'limit'::text, 'executing'::text]))),
  constraint province_override_procedure_code_fkey FOREIGN KEY (procedure_code) REFERENCES catalogue.procedure(code),
  constraint province_override_province_fkey FOREIGN KEY (province) REFERENCES catalogue.province(code),
  constraint province_override_set_by_fkey FOREIGN KEY (set_by) REFERENCES directory.officer(id)
);
CREATE INDEX province_override_by_procedure ON catalogue.province_override USING btree (province, procedure_code, valid_from);
grant insert, select, update on catalogue.province_override to motcua_app;

create table catalogue.revision (
  only_row boolean not null default true,
  number bigint not null default 1,
  constraint revision_pkey PRIMARY KEY (only_row),
  constraint revision_only_row_check CHECK (only_row)
);
grant select, update on catalogue.revision to motcua_app;

-- changes -------------------------------------------------------------------------

create schema changes;
grant usage on schema changes to motcua_app;

create table changes.change (
  id uuid not null,
  procedure_code text not null,
  kind text not null,
  title text not null,
  reason text not null,
  state text not null,
  base jsonb not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  editors text[] not null default '{}'::text[],
  submitted jsonb,
  review jsonb,
  publication jsonb,
  ended jsonb,
  sequence integer not null,
  head_hash bytea not null,
  constraint change_pkey PRIMARY KEY (id),
  constraint change_kind_check CHECK ((kind = ANY (ARRAY['new'::text, 'amend'::text, 'abolish'::text]))),
  constraint change_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'in-review'::text, 'approved'::text, 'published'::text, 'withdrawn'::text, 'abandoned'::text]))),
  constraint change_title_check CHECK ((title <> ''::text)),
  constraint change_started_by_fkey FOREIGN KEY (started_by) REFERENCES directory.officer(id)
);
CREATE INDEX change_by_procedure ON changes.change USING btree (procedure_code, started_at DESC);
CREATE INDEX change_by_state ON changes.change USING btree (state, started_at DESC);
grant insert, select, update on changes.change to motcua_app;

create table changes.decision_text (
  change_id uuid not null,
  revision integer not null,
  lines jsonb not null,
  drafted text not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  constraint decision_text_pkey PRIMARY KEY (change_id, revision),
  constraint decision_text_revision_check CHECK ((revision > 0)),
  constraint decision_text_change_id_fkey FOREIGN KEY (change_id) REFERENCES changes.change(id),
  constraint decision_text_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES directory.officer(id)
);
grant insert, select on changes.decision_text to motcua_app;

create table changes.edition_tests (
  procedure_code text not null,
  version integer not null,
  tests jsonb not null,
  constraint edition_tests_pkey PRIMARY KEY (procedure_code, version),
  constraint edition_tests_procedure_code_version_fkey FOREIGN KEY (procedure_code, version) REFERENCES catalogue.procedure_version(procedure_code, version)
);
grant insert, select, update on changes.edition_tests to motcua_app;

create table changes.part (
  change_id uuid not null,
  part text not null,
  revision integer not null,
  content jsonb not null,
  saved_by text not null,
  saved_at timestamp with time zone not null,
  constraint part_pkey PRIMARY KEY (change_id, part, revision),
  constraint part_part_check CHECK ((part = ANY (ARRAY['procedure'::text, 'form'::text, 'process'::text, 'templates'::text, 'tests'::text]))),
  constraint part_revision_check CHECK ((revision > 0)),
  constraint part_change_id_fkey FOREIGN KEY (change_id) REFERENCES changes.change(id),
  constraint part_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES directory.officer(id)
);
grant insert, select on changes.part to motcua_app;

create table changes.past_reading (
  id uuid not null,
  change_id uuid not null,
  dossier_id uuid not null,
  read_by text not null,
  read_at timestamp with time zone not null,
  constraint past_reading_pkey PRIMARY KEY (id),
  constraint past_reading_change_id_fkey FOREIGN KEY (change_id) REFERENCES changes.change(id),
  constraint past_reading_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES dossiers.dossier(id),
  constraint past_reading_read_by_fkey FOREIGN KEY (read_by) REFERENCES directory.officer(id)
);
CREATE INDEX past_reading_by_dossier ON changes.past_reading USING btree (dossier_id, read_at DESC);
grant insert, select on changes.past_reading to motcua_app;

create table changes.replay_line (
  run_id uuid not null,
  place integer not null,
  code text not null,
  authority text not null,
  kinds text[] not null,
  details jsonb not null,
  constraint replay_line_pkey PRIMARY KEY (run_id, place),
  constraint replay_line_run_id_fkey FOREIGN KEY (run_id) REFERENCES changes.replay_run(id) ON DELETE CASCADE
);
grant delete, insert, select on changes.replay_line to motcua_app;

create table changes.replay_run (
  id uuid not null,
  change_id uuid not null,
  authorities text[],
  by text not null,
  rules_hash text not null,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  last_id uuid,
  total integer not null default 0,
  looked integer not null default 0,
  erased integer not null default 0,
  differing integer not null default 0,
  counts jsonb not null default '{}'::jsonb,
  problem text,
  constraint replay_run_pkey PRIMARY KEY (id),
  constraint finished_after_it_started CHECK (((finished_at IS NULL) OR (started_at IS NOT NULL))),
  constraint replay_run_by_fkey FOREIGN KEY (by) REFERENCES directory.officer(id),
  constraint replay_run_change_id_fkey FOREIGN KEY (change_id) REFERENCES changes.change(id)
);
CREATE INDEX replay_run_by_change ON changes.replay_run USING btree (change_id, asked_at DESC);
CREATE INDEX unfinished_replay_run ON changes.replay_run USING btree (asked_at) WHERE (finished_at IS NULL);
grant delete, insert, select, update on changes.replay_run to motcua_app;

-- directory -----------------------------------------------------------------------

create schema directory;
grant usage on schema directory to motcua_app;

create table directory.administrative_unit (
  level text not null,
  code text not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  full_name text not null,
  kind text not null,
  province_code text not null,
  district_code text,
  legal_basis text,
  sample boolean not null default false,
  searchable text not null,
  constraint administrative_unit_pkey PRIMARY KEY (level, code, valid_from),
  constraint administrative_unit_level_check CHECK ((level = ANY (ARRAY['province'::text, 'district'::text, 'commune'::text]))),
  constraint unit_ends_after_it_starts CHECK ((valid_to >= valid_from))
);
CREATE INDEX administrative_unit_by_province ON directory.administrative_unit USING btree (level, province_code, valid_from);
CREATE INDEX administrative_unit_by_words ON directory.administrative_unit USING gin (searchable gin_trgm_ops);
grant delete, insert, select, update on directory.administrative_unit to motcua_app;

create table directory.agency_identifier (
  code text not null,
  name text not null,
  kind text not null,
  old_province_code text,
  new_province_code text,
  list_status text not null,
  confidence text not null,
  basis text not null,
  constraint agency_identifier_pkey PRIMARY KEY (code)
);
grant delete, insert, select, update on directory.agency_identifier to motcua_app;

create table directory.authority (
  code text not null,
  name text not null,
  short_name text not null,
  kind text not null,
  parent_code text,
  commune_code text,
  address text,
  phone text,
  working_hours jsonb not null,
  sample boolean not null default false,
  valid_from date not null default '2025-07-01'::date,
  valid_to date,
  reorganised_by uuid,
  constraint authority_pkey PRIMARY KEY (code),
  constraint authority_parent_code_fkey FOREIGN KEY (parent_code) REFERENCES directory.authority(code),
  constraint authority_reorganised_by_fkey FOREIGN KEY (reorganised_by) REFERENCES directory.reorganisation(id)
);
grant delete, insert, select, update on directory.authority to motcua_app;

create table directory.commune_mapping (
  old_province_code text not null,
  old_district_code text not null,
  old_commune_code text not null default ''::text,
  new_province_code text not null,
  new_commune_code text not null,
  divided boolean not null,
  effective_on date not null default '2025-07-01'::date,
  decision uuid,
  constraint commune_mapping_pkey PRIMARY KEY (old_district_code, old_commune_code, new_commune_code),
  constraint commune_mapping_decision_fkey FOREIGN KEY (decision) REFERENCES directory.reorganisation(id)
);
CREATE INDEX commune_mapping_by_new_code ON directory.commune_mapping USING btree (new_commune_code);
CREATE INDEX commune_mapping_by_old_code ON directory.commune_mapping USING btree (old_commune_code);
grant delete, insert, select, update on directory.commune_mapping to motcua_app;

create table directory.ethnic_group (
  code text not null,
  name text not null,
  kind text not null,
  constraint ethnic_group_pkey PRIMARY KEY (code)
);
grant delete, insert, select, update on directory.ethnic_group to motcua_app;

create table directory.grant (
  id uuid not null,
  sequence integer not null,
  head_hash bytea not null,
  kind text not null,
  authority_code text not null,
  giver text not null,
  receiver text not null,
  posts text[] not null,
  capacity text,
  procedures text[],
  fields text[] not null default '{}'::text[],
  document_number text,
  document_on date,
  basis uuid,
  reason text not null,
  reason_ref uuid not null,
  reason_salt bytea not null,
  valid_from date not null,
  valid_to date not null,
  granted_by text not null,
  granted_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  end_reason text,
  end_reason_ref uuid,
  end_reason_salt bytea,
  constraint grant_pkey PRIMARY KEY (id),
  constraint capacity_is_known CHECK ((capacity = ANY (ARRAY['TM.'::text, 'KT.'::text, 'TL.'::text, 'TUQ.'::text, 'Q.'::text]))),
  constraint ending_is_whole CHECK ((((ended_at IS NULL) = (ended_by IS NULL)) AND ((ended_at IS NULL) = (end_reason IS NULL)) AND ((ended_at IS NULL) = (end_reason_ref IS NULL)) AND ((ended_at IS NULL) = (end_reason_salt IS NULL)))),
  constraint grant_ends_after_it_starts CHECK ((valid_to >= valid_from)),
  constraint grant_kind_is_known CHECK ((kind = ANY (ARRAY['absence'::text, 'signing'::text]))),
  constraint grant_lends_something CHECK ((cardinality(posts) > 0)),
  constraint nobody_grants_to_themself CHECK ((giver <> receiver)),
  constraint signing_states_a_capacity CHECK (((kind = 'signing'::text) = (capacity IS NOT NULL))),
  constraint tuq_is_written_and_limited CHECK (((capacity <> 'TUQ.'::text) OR ((document_number IS NOT NULL) AND (document_on IS NOT NULL) AND (procedures IS NOT NULL)))),
  constraint grant_authority_code_fkey FOREIGN KEY (authority_code) REFERENCES directory.authority(code),
  constraint grant_basis_fkey FOREIGN KEY (basis) REFERENCES directory."grant"(id),
  constraint grant_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES directory.officer(id),
  constraint grant_giver_fkey FOREIGN KEY (giver) REFERENCES directory.officer(id),
  constraint grant_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES directory.officer(id),
  constraint grant_receiver_fkey FOREIGN KEY (receiver) REFERENCES directory.officer(id)
);
CREATE INDEX grant_by_authority ON directory."grant" USING btree (authority_code, granted_at DESC);
CREATE INDEX grant_by_giver ON directory."grant" USING btree (giver);
CREATE INDEX grant_by_receiver ON directory."grant" USING btree (receiver, valid_to);
grant insert, select on directory.grant to motcua_app;
grant update (authority_code) on directory.grant to motcua_app;
grant update (end_reason) on directory.grant to motcua_app;
grant update (end_reason_ref) on directory.grant to motcua_app;
grant update (end_reason_salt) on directory.grant to motcua_app;
grant update (ended_at) on directory.grant to motcua_app;
grant update (ended_by) on directory.grant to motcua_app;
grant update (head_hash) on directory.grant to motcua_app;
grant update (posts) on directory.grant to motcua_app;
grant update (reason) on directory.grant to motcua_app;
grant update (sequence) on directory.grant to motcua_app;

create table directory.officer (
  id text not null,
  name text not null,
  issuer text not null,
  subject text not null,
  locked boolean not null default false,
  sample boolean not null default false,
  personal_id text,
  constraint officer_pkey PRIMARY KEY (id),
  constraint one_officer_per_account UNIQUE (issuer, subject),
  constraint personal_id_has_twelve_digits CHECK ((personal_id ~ '^[0-9]{12}$'::text))
);
grant delete, insert, select, update on directory.officer to motcua_app;

create table directory.officer_post (
  officer_id text not null,
  post_id text not null,
  valid_from date not null default '2025-07-01'::date,
  valid_to date,
  constraint officer_post_pkey PRIMARY KEY (officer_id, post_id, valid_from),
  constraint officer_post_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES directory.officer(id),
  constraint officer_post_post_id_fkey FOREIGN KEY (post_id) REFERENCES directory.post(id)
);
CREATE INDEX officer_post_by_post ON directory.officer_post USING btree (post_id);
grant delete, insert, select, update on directory.officer_post to motcua_app;

create table directory.post (
  id text not null,
  authority_code text not null,
  unit_code text not null,
  title text not null,
  roles text[] not null,
  counter text,
  capacity text,
  constraint post_pkey PRIMARY KEY (id),
  constraint post_capacity_is_known CHECK ((capacity = ANY (ARRAY['TM.'::text, 'KT.'::text, 'TL.'::text, 'TUQ.'::text, 'Q.'::text]))),
  constraint post_authority_code_unit_code_fkey FOREIGN KEY (authority_code, unit_code) REFERENCES directory.unit(authority_code, code)
);
CREATE INDEX post_by_authority ON directory.post USING btree (authority_code);
grant delete, insert, select, update on directory.post to motcua_app;

create table directory.province_mapping (
  old_province_code text not null,
  new_province_code text not null,
  constraint province_mapping_pkey PRIMARY KEY (old_province_code)
);
grant delete, insert, select, update on directory.province_mapping to motcua_app;

create table directory.reference_load (
  key text not null,
  hash text not null,
  loaded_at timestamp with time zone not null default now(),
  constraint reference_load_pkey PRIMARY KEY (key)
);
grant delete, insert, select, update on directory.reference_load to motcua_app;

create table directory.reorganisation (
  id uuid not null,
  sequence integer not null,
  head_hash bytea not null,
  number text not null,
  issued_on date not null,
  issued_by text not null,
  title text not null,
  effective_on date not null,
  lines jsonb not null,
  officers jsonb not null,
  grants text not null,
  state text not null,
  drafted_by text not null,
  drafted_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  cancelled_by text,
  cancelled_at timestamp with time zone,
  cancel_reason text,
  cancel_reason_ref uuid,
  cancel_reason_salt bytea,
  applied_at timestamp with time zone,
  record jsonb,
  followed_at timestamp with time zone,
  followed jsonb,
  constraint reorganisation_pkey PRIMARY KEY (id),
  constraint applied_was_approved CHECK ((((state = 'applied'::text) = (applied_at IS NOT NULL)) AND ((applied_at IS NULL) OR (approved_at IS NOT NULL)))),
  constraint approved_is_whole CHECK (((approved_at IS NULL) = (approved_by IS NULL))),
  constraint cancelled_is_whole CHECK ((((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)) AND ((cancelled_at IS NULL) = (cancelled_by IS NULL)) AND ((cancelled_at IS NULL) = (cancel_reason_ref IS NULL)))),
  constraint dossiers_follow_what_was_applied CHECK (((followed_at IS NULL) OR (applied_at IS NOT NULL))),
  constraint grants_end_or_follow CHECK ((grants = ANY (ARRAY['end'::text, 'follow'::text]))),
  constraint nobody_approves_their_own_draft CHECK ((approved_by <> drafted_by)),
  constraint state_is_known CHECK ((state = ANY (ARRAY['drafted'::text, 'approved'::text, 'applied'::text, 'cancelled'::text]))),
  constraint takes_effect_after_it_is_issued CHECK ((effective_on >= issued_on))
);
CREATE INDEX reorganisation_to_apply ON directory.reorganisation USING btree (effective_on) WHERE (state = 'approved'::text);
CREATE INDEX reorganisation_to_follow ON directory.reorganisation USING btree (applied_at) WHERE (followed_at IS NULL);
grant insert, select on directory.reorganisation to motcua_app;
grant update (applied_at) on directory.reorganisation to motcua_app;
grant update (approved_at) on directory.reorganisation to motcua_app;
grant update (approved_by) on directory.reorganisation to motcua_app;
grant update (cancel_reason) on directory.reorganisation to motcua_app;
grant update (cancel_reason_ref) on directory.reorganisation to motcua_app;
grant update (cancel_reason_salt) on directory.reorganisation to motcua_app;
grant update (cancelled_at) on directory.reorganisation to motcua_app;
grant update (cancelled_by) on directory.reorganisation to motcua_app;
grant update (drafted_at) on directory.reorganisation to motcua_app;
grant update (drafted_by) on directory.reorganisation to motcua_app;
grant update (effective_on) on directory.reorganisation to motcua_app;
grant update (followed) on directory.reorganisation to motcua_app;
grant update (followed_at) on directory.reorganisation to motcua_app;
grant update (grants) on directory.reorganisation to motcua_app;
grant update (head_hash) on directory.reorganisation to motcua_app;
grant update (issued_by) on directory.reorganisation to motcua_app;
grant update (issued_on) on directory.reorganisation to motcua_app;
grant update (lines) on directory.reorganisation to motcua_app;
grant update (number) on directory.reorganisation to motcua_app;
grant update (officers) on directory.reorganisation to motcua_app;
grant update (record) on directory.reorganisation to motcua_app;
grant update (sequence) on directory.reorganisation to motcua_app;
grant update (state) on directory.reorganisation to motcua_app;
grant update (title) on directory.reorganisation to motcua_app;

create table directory.succession (
  id bigint not null generated always as identity,
  from_code text not null,
  to_code text not null,
  from_unit text,
  to_unit text,
  effective_on date not null,
  decision uuid not null,
  rule jsonb not null,
  constraint succession_pkey PRIMARY KEY (id),
  constraint succession_of_a_unit_names_both CHECK (((from_unit IS NULL) = (to_unit IS NULL))),
  constraint succession_decision_fkey FOREIGN KEY (decision) REFERENCES directory.reorganisation(id),
  constraint succession_from_code_fkey FOREIGN KEY (from_code) REFERENCES directory.authority(code),
  constraint succession_to_code_fkey FOREIGN KEY (to_code) REFERENCES directory.authority(code)
);
CREATE INDEX succession_by_from ON directory.succession USING btree (from_code);
CREATE INDEX succession_by_to ON directory.succession USING btree (to_code);
grant insert, select on directory.succession to motcua_app;

create table directory.unit (
  authority_code text not null,
  code text not null,
  name text not null,
  kind text not null,
  fields text[] not null default '{}'::text[],
  valid_from date not null default '2025-07-01'::date,
  valid_to date,
  constraint unit_pkey PRIMARY KEY (authority_code, code),
  constraint unit_kind_check CHECK ((kind = ANY (ARRAY['one-stop'::text, 'division'::text, 'leadership'::text, 'clerk-office'::text]))),
  constraint unit_authority_code_fkey FOREIGN KEY (authority_code) REFERENCES directory.authority(code)
);
grant delete, insert, select, update on directory.unit to motcua_app;

-- documents -----------------------------------------------------------------------

create schema documents;
grant usage on schema documents to motcua_app;

create table documents.issued_document (
  id uuid not null,
  dossier_id uuid not null,
  dossier_code text not null,
  kind text not null,
  cause text not null,
  number text not null,
  title text not null,
  sha256 text not null,
  size bigint not null,
  standard text not null,
  verify_code text not null,
  issued_at timestamp with time zone not null,
  authority_code text not null,
  authority_name text not null,
  signer_name text not null,
  status text not null default 'valid'::text,
  status_reason text,
  replaced_by uuid,
  sample boolean not null,
  signatures jsonb not null default '[]'::jsonb,
  seal_place jsonb,
  sealed_at timestamp with time zone,
  sealing_since timestamp with time zone,
  printed_sha256 text,
  purged_at timestamp with time zone,
  constraint issued_document_pkey PRIMARY KEY (id),
  constraint issued_document_verify_code_key UNIQUE (verify_code),
  constraint one_paper_per_cause UNIQUE (dossier_id, kind, cause),
  constraint print_is_named_by_its_hash CHECK ((printed_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint replacement_replaces CHECK (((replaced_by IS NULL) OR (status = 'replaced'::text))),
  constraint revocation_has_reason CHECK (((status <> 'revoked'::text) OR (status_reason IS NOT NULL))),
  constraint sealed_has_its_print CHECK (((sealed_at IS NULL) = (printed_sha256 IS NULL))),
  constraint status_is_known CHECK ((status = ANY (ARRAY['valid'::text, 'replaced'::text, 'revoked'::text]))),
  constraint issued_document_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES documents.issued_document(id)
);
CREATE INDEX issued_document_awaiting_seal ON documents.issued_document USING btree (issued_at) WHERE ((seal_place IS NOT NULL) AND (sealed_at IS NULL));
CREATE INDEX issued_document_by_content ON documents.issued_document USING btree (sha256);
CREATE INDEX issued_document_by_print ON documents.issued_document USING btree (printed_sha256) WHERE (printed_sha256 IS NOT NULL);
grant insert, select on documents.issued_document to motcua_app;
grant update (printed_sha256) on documents.issued_document to motcua_app;
grant update (replaced_by) on documents.issued_document to motcua_app;
grant update (sealed_at) on documents.issued_document to motcua_app;
grant update (sealing_since) on documents.issued_document to motcua_app;
grant update (sha256) on documents.issued_document to motcua_app;
grant update (signatures) on documents.issued_document to motcua_app;
grant update (size) on documents.issued_document to motcua_app;
grant update (status) on documents.issued_document to motcua_app;
grant update (status_reason) on documents.issued_document to motcua_app;

create table documents.joined_paper (
  parts text not null,
  sha256 text not null,
  size bigint not null,
  pages integer not null,
  created_at timestamp with time zone not null,
  constraint joined_paper_pkey PRIMARY KEY (parts),
  constraint joined_is_named_by_its_hash CHECK (((parts ~ '^[0-9a-f]{64}$'::text) AND (sha256 ~ '^[0-9a-f]{64}$'::text)))
);
grant insert, select on documents.joined_paper to motcua_app;

create table documents.log_entry (
  dossier_id uuid not null,
  authority_code text not null,
  year integer not null,
  n integer not null,
  received_on date not null,
  constraint log_entry_pkey PRIMARY KEY (dossier_id),
  constraint one_line_per_number UNIQUE (authority_code, year, n)
);
CREATE INDEX log_entry_by_day ON documents.log_entry USING btree (authority_code, received_on, n);
grant insert, select on documents.log_entry to motcua_app;

create table documents.paper_in_hand (
  id uuid not null,
  dossier_id uuid not null,
  kind text not null,
  basis text not null,
  verify_code text not null,
  places jsonb not null,
  prepared_sha256 text not null,
  sha256 text not null,
  signatures jsonb not null default '[]'::jsonb,
  state text not null default 'prepared'::text,
  made_at timestamp with time zone not null,
  constraint one_paper_per_basis UNIQUE (dossier_id, kind, basis),
  constraint paper_in_hand_pkey PRIMARY KEY (id),
  constraint content_is_named_by_its_hash CHECK (((prepared_sha256 ~ '^[0-9a-f]{64}$'::text) AND (sha256 ~ '^[0-9a-f]{64}$'::text))),
  constraint signed_means_somebody_signed CHECK (((state <> 'signed'::text) OR (jsonb_array_length(signatures) > 0))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['prepared'::text, 'signed'::text, 'issued'::text, 'void'::text])))
);
CREATE INDEX paper_in_hand_awaiting_seal ON documents.paper_in_hand USING btree (made_at) WHERE (state = 'signed'::text);
CREATE INDEX paper_in_hand_by_verify_code ON documents.paper_in_hand USING btree (verify_code);
grant insert, select on documents.paper_in_hand to motcua_app;
grant update (sha256) on documents.paper_in_hand to motcua_app;
grant update (signatures) on documents.paper_in_hand to motcua_app;
grant update (state) on documents.paper_in_hand to motcua_app;

create table documents.register_number (
  authority_code text not null,
  register text not null,
  year integer not null,
  last integer not null,
  constraint register_number_pkey PRIMARY KEY (authority_code, register, year),
  constraint registers_start_at_one CHECK ((last > 0))
);
grant insert, select, update on documents.register_number to motcua_app;

create table documents.stored_file (
  file_id uuid not null,
  sha256 text not null,
  view_sha256 text,
  size bigint not null,
  media_type text not null,
  name text not null,
  owner_kind text not null,
  owner_id text not null,
  purpose text not null,
  scan_state text not null,
  created_at timestamp with time zone not null,
  conversion text not null default 'none'::text,
  conversion_tries integer not null default 0,
  converted_sha256 text,
  converted_size bigint,
  pages integer,
  text_layer boolean not null default false,
  conversion_problem text,
  notes text[] not null default '{}'::text[],
  malware text,
  scanned_at timestamp with time zone,
  signature_check jsonb,
  read_text text,
  text_problem text,
  reading text,
  reading_since timestamp with time zone,
  constraint stored_file_pkey PRIMARY KEY (file_id),
  constraint content_is_named_by_its_hash CHECK (((sha256 ~ '^[0-9a-f]{64}$'::text) AND (view_sha256 ~ '^[0-9a-f]{64}$'::text))),
  constraint conversion_is_known CHECK ((conversion = ANY (ARRAY['none'::text, 'waiting'::text, 'done'::text, 'kept'::text, 'failed'::text]))),
  constraint conversion_names_its_file CHECK (((conversion = 'done'::text) = (converted_sha256 IS NOT NULL))),
  constraint converted_is_named_by_its_hash CHECK ((converted_sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint file_is_not_empty CHECK ((size > 0)),
  constraint infected_names_what CHECK (((malware IS NULL) OR (scan_state = 'infected'::text))),
  constraint name_is_short CHECK (((length(name) >= 1) AND (length(name) <= 200))),
  constraint reading_is_known CHECK ((reading = ANY (ARRAY['waiting'::text, 'read'::text, 'none'::text]))),
  constraint scan_state_is_known CHECK ((scan_state = ANY (ARRAY['not-configured'::text, 'waiting'::text, 'clean'::text, 'infected'::text])))
);
CREATE INDEX stored_file_by_content ON documents.stored_file USING btree (sha256);
CREATE INDEX stored_file_by_converted ON documents.stored_file USING btree (converted_sha256) WHERE (converted_sha256 IS NOT NULL);
CREATE INDEX stored_file_by_owner ON documents.stored_file USING btree (owner_kind, owner_id, created_at);
CREATE INDEX stored_file_by_view ON documents.stored_file USING btree (view_sha256) WHERE (view_sha256 IS NOT NULL);
CREATE INDEX stored_file_out_of_vault ON documents.stored_file USING btree (purpose) WHERE (purpose ~~ 'vault:%'::text);
CREATE INDEX stored_file_unread ON documents.stored_file USING btree (created_at) WHERE (reading = 'waiting'::text);
CREATE INDEX stored_file_waiting ON documents.stored_file USING btree (created_at) WHERE ((scan_state = 'waiting'::text) OR (conversion = 'waiting'::text));
grant delete, insert, select on documents.stored_file to motcua_app;
grant update (conversion) on documents.stored_file to motcua_app;
grant update (conversion_problem) on documents.stored_file to motcua_app;
grant update (conversion_tries) on documents.stored_file to motcua_app;
grant update (converted_sha256) on documents.stored_file to motcua_app;
grant update (converted_size) on documents.stored_file to motcua_app;
grant update (malware) on documents.stored_file to motcua_app;
grant update (notes) on documents.stored_file to motcua_app;
grant update (owner_id) on documents.stored_file to motcua_app;
grant update (owner_kind) on documents.stored_file to motcua_app;
grant update (pages) on documents.stored_file to motcua_app;
grant update (purpose) on documents.stored_file to motcua_app;
grant update (read_text) on documents.stored_file to motcua_app;
grant update (reading) on documents.stored_file to motcua_app;
grant update (reading_since) on documents.stored_file to motcua_app;
grant update (scan_state) on documents.stored_file to motcua_app;
grant update (scanned_at) on documents.stored_file to motcua_app;
grant update (text_layer) on documents.stored_file to motcua_app;
grant update (text_problem) on documents.stored_file to motcua_app;

create table documents.template_version (
  template text not null,
  procedure_code text not null,
  key text not null,
  version integer not null,
  name text not null,
  source text not null,
  page text not null,
  definition jsonb,
  inputs jsonb not null,
  typst text not null,
  valid_from date not null,
  valid_to date,
  replaced_to date,
  published_by text,
  published_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint template_version_pkey PRIMARY KEY (template, version),
  constraint template_ends_after_it_starts CHECK ((valid_to >= (valid_from - 1))),
  constraint template_is_bounded CHECK ((length(typst) <= 400000)),
  constraint template_is_of_its_procedure CHECK ((template = ((procedure_code || '/'::text) || key))),
  constraint template_source_is_known CHECK ((source = ANY (ARRAY['blocks'::text, 'docx'::text, 'typst'::text, 'shipped'::text]))),
  constraint template_starts_at_one CHECK ((version > 0))
);
CREATE UNIQUE INDEX one_template_begins_a_day ON documents.template_version USING btree (template, valid_from) WHERE (withdrawn_at IS NULL);
CREATE INDEX template_version_by_procedure ON documents.template_version USING btree (procedure_code, key, valid_from DESC);
grant insert, select on documents.template_version to motcua_app;
grant update (valid_to) on documents.template_version to motcua_app;
grant update (withdrawn_at) on documents.template_version to motcua_app;

-- dossiers ------------------------------------------------------------------------

create schema dossiers;
grant usage on schema dossiers to motcua_app;

create table dossiers.bulk_move (
  id uuid not null,
  kind text not null,
  process_key text,
  plan jsonb not null,
  decision text not null,
  reason text,
  by text not null,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  open integer not null default 0,
  moved integer not null default 0,
  stayed integer not null default 0,
  freed integer not null default 0,
  stays jsonb not null default '[]'::jsonb,
  procedure_code text,
  constraint bulk_move_pkey PRIMARY KEY (id),
  constraint finished_after_it_started CHECK (((finished_at IS NULL) OR (started_at IS NOT NULL))),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['process'::text, 'succession'::text, 'edition'::text]))),
  constraint procedure_of_an_edition_move CHECK (((kind = 'edition'::text) = (procedure_code IS NOT NULL))),
  constraint process_of_a_process_move CHECK (((kind = 'process'::text) = (process_key IS NOT NULL))),
  constraint reason_of_a_decided_move CHECK (((kind = ANY (ARRAY['process'::text, 'edition'::text])) = (reason IS NOT NULL)))
);
CREATE INDEX bulk_move_by_procedure ON dossiers.bulk_move USING btree (procedure_code, asked_at DESC) WHERE (procedure_code IS NOT NULL);
CREATE INDEX bulk_move_by_process ON dossiers.bulk_move USING btree (process_key, asked_at DESC);
CREATE INDEX unfinished_bulk_move ON dossiers.bulk_move USING btree (asked_at) WHERE (finished_at IS NULL);
grant insert, select, update on dossiers.bulk_move to motcua_app;

create table dossiers.bulk_outcome (
  run_id uuid not null,
  place integer not null,
  code text not null,
  task_no integer not null default 0,
  done boolean not null,
  refusal text,
  details jsonb,
  constraint bulk_outcome_pkey PRIMARY KEY (run_id, code, task_no),
  constraint bulk_outcome_run_id_fkey FOREIGN KEY (run_id) REFERENCES dossiers.bulk_run(id) ON DELETE CASCADE
);
grant delete, insert, select, update on dossiers.bulk_outcome to motcua_app;

create table dossiers.bulk_run (
  id uuid not null,
  officer_id text not null,
  command text not null,
  asked integer not null,
  started_at timestamp with time zone not null,
  constraint bulk_run_pkey PRIMARY KEY (id)
);
CREATE INDEX bulk_run_by_age ON dossiers.bulk_run USING btree (started_at);
grant delete, insert, select, update on dossiers.bulk_run to motcua_app;

create table dossiers.captured_original (
  id uuid not null,
  dossier_id uuid not null,
  place integer not null,
  name text not null,
  pages jsonb not null,
  captured_by text not null,
  captured_at timestamp with time zone not null,
  constraint captured_original_pkey PRIMARY KEY (id),
  constraint one_capture_per_original UNIQUE (dossier_id, place),
  constraint pages_are_a_list CHECK ((jsonb_typeof(pages) = 'array'::text)),
  constraint place_is_in_the_list CHECK (((place >= 0) AND (place <= 99)))
);
CREATE INDEX captured_original_by_page ON dossiers.captured_original USING gin (pages jsonb_path_ops);
grant delete, insert, select on dossiers.captured_original to motcua_app;
grant update (captured_at) on dossiers.captured_original to motcua_app;
grant update (captured_by) on dossiers.captured_original to motcua_app;
grant update (name) on dossiers.captured_original to motcua_app;
grant update (pages) on dossiers.captured_original to motcua_app;

create table dossiers.certification (
  id uuid not null,
  authority text not null,
  year integer not null,
  n integer not null,
  dossier_id uuid not null,
  dossier_code text not null,
  source text not null,
  paper_name text not null,
  requester text not null,
  pages integer not null,
  fee_vnd bigint,
  file_id uuid not null,
  sha256 text not null,
  size bigint not null,
  officer_id text not null,
  signer_name text not null,
  signer_title text not null,
  vault_item_id uuid,
  certified_at timestamp with time zone not null,
  original_id uuid,
  copies integer not null default 1,
  verify_code text,
  note text,
  constraint certification_pkey PRIMARY KEY (id),
  constraint one_line_per_number UNIQUE (authority, year, n),
  constraint one_number_per_original UNIQUE (dossier_id, source),
  constraint content_is_named_by_its_hash CHECK (((sha256 ~ '^[0-9a-f]{64}$'::text) AND (source ~ '^[0-9a-f]{64}$'::text))),
  constraint certification_original_id_fkey FOREIGN KEY (original_id) REFERENCES dossiers.captured_original(id)
);
CREATE INDEX certification_by_day ON dossiers.certification USING btree (authority, certified_at, n);
CREATE UNIQUE INDEX one_number_per_captured_original ON dossiers.certification USING btree (original_id);
grant insert, select on dossiers.certification to motcua_app;

create table dossiers.code_block (
  authority text not null,
  day date not null,
  taken integer not null,
  constraint code_block_pkey PRIMARY KEY (authority, day)
);
grant insert, select, update on dossiers.code_block to motcua_app;

create table dossiers.default_view (
  officer_id text not null,
  view_id uuid not null,
  constraint default_view_pkey PRIMARY KEY (officer_id),
  constraint default_view_view_id_fkey FOREIGN KEY (view_id) REFERENCES dossiers.saved_view(id) ON DELETE CASCADE
);
CREATE INDEX default_view_by_view ON dossiers.default_view USING btree (view_id);
grant delete, insert, select, update on dossiers.default_view to motcua_app;

create table dossiers.digitised_paper (
  id uuid not null,
  dossier_id uuid not null,
  component text not null,
  source text not null,
  source_files uuid[] not null,
  file_id uuid not null,
  sha256 text not null,
  size bigint not null,
  pages integer not null,
  paper_code text,
  fields jsonb not null,
  officer_id text not null,
  authority text not null,
  signer_name text not null,
  certificate text not null,
  evidence_id uuid,
  vault_item_id uuid,
  signed_at timestamp with time zone not null,
  constraint digitised_paper_pkey PRIMARY KEY (id),
  constraint one_copy_of_one_scan UNIQUE (dossier_id, component, source),
  constraint content_is_named_by_its_hash CHECK (((sha256 ~ '^[0-9a-f]{64}$'::text) AND (source ~ '^[0-9a-f]{64}$'::text)))
);
CREATE INDEX digitised_paper_by_dossier ON dossiers.digitised_paper USING btree (dossier_id);
grant insert, select on dossiers.digitised_paper to motcua_app;

create table dossiers.dossier (
  id uuid not null,
  code text not null,
  sequence integer not null,
  head_hash bytea not null,
  state text not null,
  national_status smallint not null,
  procedure_code text not null,
  procedure_version integer not null,
  case_code text not null,
  form_key text not null,
  form_version integer not null,
  process_key text not null,
  process_version integer not null,
  channel text not null,
  received_by text not null,
  competent text not null,
  helped_by text,
  applicant_kind text not null,
  filed_for text not null,
  delivery text not null,
  limit_amount integer not null,
  limit_unit text not null,
  limit_cut_off text,
  supplement_rule text not null,
  calendar_version text not null,
  submitted_at timestamp with time zone not null,
  intake_due_at timestamp with time zone,
  accepted_at timestamp with time zone,
  promised_due_at timestamp with time zone,
  due_at timestamp with time zone,
  decided_at timestamp with time zone,
  closed_at timestamp with time zone,
  outcome text,
  pauses jsonb not null default '[]'::jsonb,
  supplement_requests smallint not null default 0,
  fees jsonb not null default '[]'::jsonb,
  answers_ref uuid not null,
  draft_ref uuid,
  limit_addition jsonb,
  obligation_rule text not null default 'run'::text,
  index_due_at timestamp with time zone,
  extension jsonb,
  apologised_at timestamp with time zone,
  apologised_until timestamp with time zone,
  explained_until timestamp with time zone,
  other_parties jsonb not null default '[]'::jsonb,
  obligations jsonb not null default '[]'::jsonb,
  consultations jsonb not null default '[]'::jsonb,
  deliveries jsonb not null default '[]'::jsonb,
  barred jsonb not null default '[]'::jsonb,
  thread_awaits text,
  result_state text not null default 'none'::text,
  marking jsonb,
  next_timer_at timestamp with time zone,
  linked jsonb,
  branches jsonb,
  predecessors jsonb not null default '[]'::jsonb,
  partner_word jsonb,
  constraint dossier_pkey PRIMARY KEY (id),
  constraint channel_is_known CHECK ((channel = ANY (ARRAY['online'::text, 'direct'::text, 'post'::text]))),
  constraint closed_when_ended CHECK (((closed_at IS NOT NULL) = (state = ANY (ARRAY['returned'::text, 'refused'::text, 'withdrawn'::text, 'stopped'::text])))),
  constraint national_status_is_known CHECK (((national_status >= 1) AND (national_status <= 10))),
  constraint obligation_rule_is_known CHECK ((obligation_rule = ANY (ARRAY['pause'::text, 'run'::text]))),
  constraint outcome_is_known CHECK ((outcome = ANY (ARRAY['granted'::text, 'not-granted'::text]))),
  constraint result_state_is_known CHECK ((result_state = ANY (ARRAY['none'::text, 'valid'::text, 'corrected'::text, 'revoked'::text]))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['awaiting-party'::text, 'submitted'::text, 'awaiting-supplement'::text, 'awaiting-obligation'::text, 'in-progress'::text, 'decided'::text, 'returned'::text, 'refused'::text, 'withdrawn'::text, 'stopped'::text]))),
  constraint thread_awaits_somebody CHECK ((thread_awaits = ANY (ARRAY['officer'::text, 'applicant'::text])))
);
CREATE INDEX dossier_by_authority ON dossiers.dossier USING btree (competent, submitted_at DESC);
CREATE UNIQUE INDEX dossier_by_code ON dossiers.dossier USING btree (code);
CREATE INDEX dossier_by_end ON dossiers.dossier USING btree (competent, closed_at, id) WHERE (closed_at IS NOT NULL);
CREATE INDEX dossier_by_linked_filing ON dossiers.dossier USING btree (((linked ->> 'filing'::text))) WHERE (linked IS NOT NULL);
CREATE INDEX dossier_by_next_timer ON dossiers.dossier USING btree (next_timer_at) WHERE (next_timer_at IS NOT NULL);
CREATE INDEX dossier_by_procedure ON dossiers.dossier USING btree (procedure_code, id);
CREATE INDEX dossier_by_receiver ON dossiers.dossier USING btree (received_by, submitted_at DESC);
CREATE INDEX dossier_explained ON dossiers.dossier USING btree (explained_until) WHERE ((explained_until IS NOT NULL) AND (closed_at IS NULL));
CREATE INDEX dossier_inherited ON dossiers.dossier USING btree (submitted_at) WHERE (predecessors <> '[]'::jsonb);
CREATE INDEX dossier_with_conflict ON dossiers.dossier USING gin (barred) WHERE (barred <> '[]'::jsonb);
CREATE INDEX dossier_with_question ON dossiers.dossier USING btree (competent, received_by, id) WHERE (thread_awaits = 'officer'::text);
CREATE INDEX open_dossier ON dossiers.dossier USING btree (id) WHERE ((decided_at IS NULL) AND (closed_at IS NULL));
CREATE INDEX open_dossier_by_place ON dossiers.dossier USING btree (competent, id) WHERE (closed_at IS NULL);
CREATE INDEX open_dossier_by_process ON dossiers.dossier USING btree (process_key, id) WHERE ((decided_at IS NULL) AND (closed_at IS NULL));
CREATE INDEX open_dossier_by_tail ON dossiers.dossier USING btree (reverse(code) text_pattern_ops) WHERE (closed_at IS NULL);
CREATE INDEX open_dossier_helped ON dossiers.dossier USING btree (helped_by, id) WHERE ((closed_at IS NULL) AND (helped_by IS NOT NULL));
CREATE INDEX open_dossier_received_elsewhere ON dossiers.dossier USING btree (received_by, id) WHERE ((closed_at IS NULL) AND (received_by <> competent));
CREATE INDEX open_dossier_with_partner_word ON dossiers.dossier USING btree (competent) WHERE ((partner_word IS NOT NULL) AND (closed_at IS NULL));
CREATE INDEX open_linked_filing ON dossiers.dossier USING btree (id) WHERE ((branches IS NOT NULL) AND (closed_at IS NULL));
grant insert, select, update on dossiers.dossier to motcua_app;

create table dossiers.dossier_label (
  label_id uuid not null,
  dossier_id uuid not null,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint dossier_label_pkey PRIMARY KEY (label_id, dossier_id),
  constraint dossier_label_label_id_fkey FOREIGN KEY (label_id) REFERENCES dossiers.label(id) ON DELETE CASCADE
);
CREATE INDEX dossier_label_by_dossier ON dossiers.dossier_label USING btree (dossier_id);
grant delete, insert, select, update on dossiers.dossier_label to motcua_app;

create table dossiers.draft (
  id uuid not null,
  person_id text not null,
  procedure_code text not null,
  procedure_version integer not null,
  form_key text not null,
  form_version integer not null,
  filed_for jsonb not null,
  receiving text,
  answers jsonb not null default '{}'::jsonb,
  origins jsonb not null default '{}'::jsonb,
  papers jsonb not null default '[]'::jsonb,
  delivery text not null default 'electronic'::text,
  submitted_code text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint draft_pkey PRIMARY KEY (id)
);
CREATE INDEX draft_by_person ON dossiers.draft USING btree (person_id, updated_at DESC);
grant delete, insert, select, update on dossiers.draft to motcua_app;

create table dossiers.label (
  id uuid not null,
  authority text not null,
  unit_code text not null,
  name text not null,
  colour text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint label_pkey PRIMARY KEY (id),
  constraint colour_is_known CHECK ((colour = ANY (ARRAY['red'::text, 'gold'::text, 'green'::text, 'blue'::text, 'violet'::text, 'grey'::text])))
);
CREATE UNIQUE INDEX label_name ON dossiers.label USING btree (authority, unit_code, lower(name));
grant delete, insert, select, update on dossiers.label to motcua_app;

create table dossiers.other_party (
  dossier_id uuid not null,
  no smallint not null,
  name text not null,
  personal_id text not null,
  phone text,
  constraint other_party_pkey PRIMARY KEY (dossier_id, no)
);
CREATE INDEX other_party_by_personal_id ON dossiers.other_party USING btree (personal_id);
grant delete, insert, select, update on dossiers.other_party to motcua_app;

create table dossiers.paper (
  dossier_id uuid not null,
  no integer not null,
  component text not null,
  file_id uuid not null,
  sha256 text not null,
  name text not null,
  media_type text not null,
  source text not null,
  added_at timestamp with time zone not null,
  how text,
  vault_item_id uuid,
  trust text,
  keep boolean,
  constraint paper_pkey PRIMARY KEY (dossier_id, no),
  constraint vault_item_is_named CHECK ((((how = 'vault'::text) = (vault_item_id IS NOT NULL)) OR ((how IS NULL) AND (vault_item_id IS NULL)))),
  constraint way_is_known CHECK ((how = ANY (ARRAY['vault'::text, 'register'::text, 'upload'::text, 'upload-known'::text, 'shown'::text])))
);
CREATE INDEX paper_by_content ON dossiers.paper USING btree (sha256);
CREATE INDEX paper_by_file ON dossiers.paper USING btree (file_id);
CREATE INDEX paper_by_vault_item ON dossiers.paper USING btree (vault_item_id) WHERE (vault_item_id IS NOT NULL);
grant insert, select on dossiers.paper to motcua_app;

create table dossiers.partner_word (
  dossier_id uuid not null,
  source text not null,
  key text not null,
  status smallint not null,
  stage text not null,
  stated_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  text text,
  constraint partner_word_pkey PRIMARY KEY (dossier_id, source, key),
  constraint stage_is_known CHECK ((stage = ANY (ARRAY['intake'::text, 'processing'::text, 'result'::text]))),
  constraint status_is_national CHECK (((status >= 1) AND (status <= 10))),
  constraint partner_word_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES dossiers.dossier(id)
);
grant insert, select on dossiers.partner_word to motcua_app;

create table dossiers.party (
  dossier_id uuid not null,
  person_id text,
  name text not null,
  search_name text not null,
  personal_id text,
  phone text,
  email text,
  lookup_secret text not null,
  filed_for jsonb not null,
  constraint party_pkey PRIMARY KEY (dossier_id)
);
CREATE INDEX party_by_person ON dossiers.party USING btree (person_id, dossier_id) WHERE (person_id IS NOT NULL);
CREATE INDEX party_by_personal_id ON dossiers.party USING btree (personal_id) WHERE (personal_id IS NOT NULL);
CREATE INDEX party_by_phone ON dossiers.party USING btree (phone) WHERE (phone IS NOT NULL);
grant insert, select, update on dossiers.party to motcua_app;

create table dossiers.private (
  dossier_id uuid not null,
  id uuid not null,
  field text not null,
  content jsonb not null,
  salt bytea not null,
  constraint private_pkey PRIMARY KEY (dossier_id, id)
);
grant delete, insert, select on dossiers.private to motcua_app;

create table dossiers.reading (
  dossier_id uuid not null,
  quarter timestamp with time zone not null,
  reader_kind text not null,
  reader_id text not null,
  how text not null,
  authority text,
  post text,
  task integer,
  read_at timestamp with time zone not null,
  constraint reading_pkey PRIMARY KEY (dossier_id, quarter, reader_kind, reader_id, how),
  constraint quarter_is_one CHECK ((((EXTRACT(epoch FROM quarter))::bigint % (900)::bigint) = 0)),
  constraint reader_is_known CHECK ((reader_kind = ANY (ARRAY['officer'::text, 'system'::text]))),
  constraint way_is_known CHECK ((how = ANY (ARRAY['opened'::text, 'exported'::text]))),
  constraint reading_dossier_id_fkey FOREIGN KEY (dossier_id) REFERENCES dossiers.dossier(id)
);
grant insert, select on dossiers.reading to motcua_app;

create table dossiers.recomputation (
  id uuid not null,
  territory text not null,
  year integer,
  version integer,
  by text not null,
  source text not null,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  open integer not null default 0,
  moved integer not null default 0,
  later integer not null default 0,
  earlier integer not null default 0,
  without_year integer not null default 0,
  missing jsonb not null default '[]'::jsonb,
  constraint recomputation_pkey PRIMARY KEY (id),
  constraint finished_after_it_started CHECK (((finished_at IS NULL) OR (started_at IS NOT NULL))),
  constraint version_of_a_year CHECK (((year IS NULL) = (version IS NULL)))
);
CREATE INDEX recomputation_by_age ON dossiers.recomputation USING btree (asked_at);
CREATE INDEX unfinished_recomputation ON dossiers.recomputation USING btree (asked_at) WHERE (finished_at IS NULL);
grant insert, select, update on dossiers.recomputation to motcua_app;

create table dossiers.saved_view (
  id uuid not null,
  officer_id text not null,
  authority text not null,
  unit_code text not null,
  name text not null,
  query text not null,
  shared boolean not null default false,
  created_at timestamp with time zone not null,
  constraint saved_view_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX saved_view_name ON dossiers.saved_view USING btree (officer_id, lower(name));
CREATE INDEX saved_view_of_unit ON dossiers.saved_view USING btree (authority, unit_code) WHERE shared;
grant delete, insert, select, update on dossiers.saved_view to motcua_app;

create table dossiers.scan (
  file_id uuid not null,
  dossier_id uuid not null,
  component text not null,
  scanned_by text not null,
  scanned_at timestamp with time zone not null,
  dropped_at timestamp with time zone,
  constraint scan_pkey PRIMARY KEY (file_id)
);
CREATE INDEX scan_by_dossier ON dossiers.scan USING btree (dossier_id);
grant insert, select on dossiers.scan to motcua_app;
grant update (dropped_at) on dossiers.scan to motcua_app;

create table dossiers.submission_key (
  scope text not null,
  key text not null,
  dossier_id uuid not null,
  constraint submission_key_pkey PRIMARY KEY (scope, key)
);
grant insert, select on dossiers.submission_key to motcua_app;

create table dossiers.sync (
  dossier_id uuid not null,
  destination text not null,
  state text not null,
  sequence integer not null,
  message text,
  at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  constraint sync_pkey PRIMARY KEY (dossier_id, destination),
  constraint state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'acknowledged'::text, 'to-be-reconciled'::text])))
);
CREATE INDEX sync_by_destination ON dossiers.sync USING btree (destination);
grant insert, select, update on dossiers.sync to motcua_app;

create table dossiers.task (
  dossier_id uuid not null,
  no integer not null,
  kind text not null,
  step_id text,
  step_kind text,
  name text not null,
  role text not null,
  authority text not null,
  unit_kind text not null,
  assignee text,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by text,
  outcome text,
  subject smallint,
  procedure_code text not null,
  channel text not null,
  constraint task_pkey PRIMARY KEY (dossier_id, no),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['intake'::text, 'step'::text, 'wait'::text, 'supplement'::text, 'return'::text, 'confirm'::text, 'obligation'::text, 'consult'::text, 'visit'::text, 'transfer'::text, 'handover'::text, 'compensation'::text])))
);
CREATE INDEX open_task_by_age ON dossiers.task USING btree (authority, opened_at) INCLUDE (dossier_id, no, kind, role, assignee, due_at) WHERE (closed_at IS NULL);
CREATE INDEX open_task_by_assignee ON dossiers.task USING btree (assignee, due_at) WHERE ((closed_at IS NULL) AND (assignee IS NOT NULL));
CREATE INDEX open_task_by_kind ON dossiers.task USING btree (kind, authority, opened_at) INCLUDE (dossier_id, no, role, assignee, due_at) WHERE ((closed_at IS NULL) AND (kind <> ALL (ARRAY['intake'::text, 'step'::text])));
CREATE INDEX open_task_by_role ON dossiers.task USING btree (authority, role, due_at, dossier_id, no) INCLUDE (kind, step_kind, assignee, procedure_code, channel, opened_at) WHERE (closed_at IS NULL);
CREATE INDEX task_by_closing ON dossiers.task USING brin (closed_at);
CREATE INDEX task_by_who_closed ON dossiers.task USING btree (closed_by, closed_at) WHERE ((closed_at IS NOT NULL) AND (kind = 'step'::text));
grant insert, select, update on dossiers.task to motcua_app;

create table dossiers.typed_stash (
  key_hash text not null,
  draft_id uuid not null,
  page_key text not null,
  typed jsonb not null,
  expires_at timestamp with time zone not null,
  constraint typed_stash_pkey PRIMARY KEY (key_hash)
);
CREATE INDEX typed_stash_by_expiry ON dossiers.typed_stash USING btree (expires_at);
grant delete, insert, select on dossiers.typed_stash to motcua_app;

CREATE OR REPLACE FUNCTION dossiers.forget_readings()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  delete from dossiers.reading where dossier_id = new.dossier_id;
  return null;
end $function$
;

-- feed ----------------------------------------------------------------------------

create schema feed;
grant usage on schema feed to motcua_app;

create table feed.cursor (
  consumer text not null,
  "position" bigint not null default 0,
  updated_at timestamp with time zone not null default now(),
  constraint cursor_pkey PRIMARY KEY (consumer)
);
grant insert, select, update on feed.cursor to motcua_app;

create table feed.position (
  "position" bigint not null,
  stream uuid not null,
  sequence integer not null,
  constraint position_pkey PRIMARY KEY ("position"),
  constraint position_stream_sequence_key UNIQUE (stream, sequence)
);
grant insert, select on feed.position to motcua_app;

create table feed.sequencer (
  only_row boolean not null default true,
  last_xid xid8 not null default '0'::xid8,
  last_id bigint not null default 0,
  last_position bigint not null default 0,
  system_identifier text,
  constraint sequencer_pkey PRIMARY KEY (only_row),
  constraint sequencer_only_row_check CHECK (only_row)
);
grant select, update on feed.sequencer to motcua_app;

CREATE OR REPLACE FUNCTION feed.enqueue(jobs jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_jobs(array(
    select row(job ->> 'identifier', (job -> 'payload')::json, job ->> 'queue', (job ->> 'run_at')::timestamptz,
               coalesce((job ->> 'max_attempts')::smallint, 12::smallint), job ->> 'key', 0::smallint, null::text[])
           ::graphile_worker.job_spec
    from jsonb_array_elements(jobs) job
  ));
end $function$
;

-- feedback ------------------------------------------------------------------------

create schema feedback;
grant usage on schema feedback to motcua_app;

create table feedback.rating (
  dossier_id uuid not null,
  stream uuid not null,
  sequence integer not null,
  head_hash bytea not null,
  grade text not null,
  aspects jsonb not null default '{}'::jsonb,
  comment text,
  comment_ref uuid,
  comment_salt bytea,
  first_rated_at timestamp with time zone not null,
  rated_at timestamp with time zone not null,
  constraint rating_pkey PRIMARY KEY (dossier_id),
  constraint rating_stream_key UNIQUE (stream),
  constraint comment_with_its_salt CHECK (((comment IS NULL) OR ((comment_ref IS NOT NULL) AND (comment_salt IS NOT NULL)))),
  constraint grade_is_known CHECK ((grade = ANY (ARRAY['very-satisfied'::text, 'satisfied'::text, 'not-satisfied'::text])))
);
grant insert, select, update on feedback.rating to motcua_app;

-- forms ---------------------------------------------------------------------------

create schema forms;
grant usage on schema forms to motcua_app;

create table forms.form_version (
  key text not null,
  version integer not null,
  procedure_code text not null,
  definition jsonb not null,
  compiled jsonb not null,
  valid_from date not null,
  valid_to date,
  published_at timestamp with time zone not null default now(),
  published_by text,
  replaced_to date,
  withdrawn_at timestamp with time zone,
  constraint form_version_pkey PRIMARY KEY (key, version),
  constraint form_ends_after_it_starts CHECK ((valid_to >= valid_from)),
  constraint version_starts_at_one CHECK ((version > 0)),
  constraint form_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES directory.officer(id)
);
CREATE INDEX form_version_by_procedure ON forms.form_version USING btree (procedure_code, valid_from);
CREATE UNIQUE INDEX one_form_begins_a_day ON forms.form_version USING btree (key, valid_from) WHERE (withdrawn_at IS NULL);
grant insert, select, update on forms.form_version to motcua_app;

-- identity ------------------------------------------------------------------------

create schema identity;
grant usage on schema identity to motcua_app;

create table identity.account (
  account_id uuid not null,
  issuer text not null,
  subject text not null,
  kind text not null,
  name text not null,
  personal_id text,
  date_of_birth date,
  phone text,
  email text,
  assurance smallint not null default 1,
  organisations jsonb not null default '[]'::jsonb,
  locked_at timestamp with time zone,
  locked_reason text,
  created_at timestamp with time zone not null,
  last_signed_in_at timestamp with time zone not null,
  constraint account_is_one_subject_of_one_issuer UNIQUE (issuer, subject),
  constraint account_pkey PRIMARY KEY (account_id),
  constraint account_kind_is_known CHECK ((kind = ANY (ARRAY['person'::text, 'officer'::text]))),
  constraint assurance_is_one_or_two CHECK ((assurance = ANY (ARRAY[1, 2]))),
  constraint lock_states_its_reason CHECK (((locked_at IS NULL) = (locked_reason IS NULL)))
);
grant insert, select, update on identity.account to motcua_app;

create table identity.api_token (
  token_id uuid not null,
  token_hash bytea not null,
  client_name text not null,
  scopes text[] not null,
  authority_codes text[],
  created_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  partner text,
  constraint api_token_pkey PRIMARY KEY (token_id),
  constraint api_token_token_hash_key UNIQUE (token_hash),
  constraint api_token_has_a_scope CHECK ((cardinality(scopes) > 0)),
  constraint api_token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32)),
  constraint api_token_of_a_partner_names_it CHECK (((partner IS NOT NULL) = ('dossiers:partner-status'::text = ANY (scopes)))),
  constraint api_token_scopes_are_known CHECK ((scopes <@ ARRAY['dossiers:write'::text, 'dossiers:read'::text, 'officer:act'::text, 'dossiers:sync'::text, 'dossiers:partner-status'::text, 'board:read'::text])),
  constraint api_token_created_by_fkey FOREIGN KEY (created_by) REFERENCES identity.account(account_id)
);
grant insert, select, update on identity.api_token to motcua_app;

create table identity.session (
  token_hash bytea not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_ends_after_it_starts CHECK ((expires_at > created_at)),
  constraint token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32)),
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES identity.account(account_id)
);
CREATE INDEX session_by_account ON identity.session USING btree (account_id) WHERE (revoked_at IS NULL);
CREATE INDEX session_by_end ON identity.session USING btree (expires_at);
grant delete, insert, select, update on identity.session to motcua_app;

-- indicators ----------------------------------------------------------------------

create schema indicators;
grant usage on schema indicators to motcua_app;

create table indicators.contribution (
  dossier_id uuid not null,
  code text not null,
  authority text not null,
  procedure_code text not null,
  received_on date not null,
  ended boolean not null,
  deltas jsonb not null,
  past text[],
  constraint contribution_pkey PRIMARY KEY (dossier_id)
);
CREATE INDEX contribution_by_authority ON indicators.contribution USING btree (authority, received_on DESC);
CREATE INDEX contribution_by_day ON indicators.contribution USING btree (received_on DESC, dossier_id DESC);
CREATE INDEX contribution_in_stock ON indicators.contribution USING btree (authority, received_on DESC) WHERE (NOT ended);
CREATE INDEX contribution_with_past ON indicators.contribution USING btree (received_on DESC) WHERE (past IS NOT NULL);
grant insert, select, update on indicators.contribution to motcua_app;

create table indicators.daily (
  authority text not null,
  procedure_code text not null,
  on_date date not null,
  received bigint not null default 0,
  received_online bigint not null default 0,
  received_direct bigint not null default 0,
  received_post bigint not null default 0,
  accepted bigint not null default 0,
  awaiting_intake bigint not null default 0,
  in_progress bigint not null default 0,
  overdue bigint not null default 0,
  finished_early bigint not null default 0,
  finished_on_time bigint not null default 0,
  finished_late bigint not null default 0,
  refused bigint not null default 0,
  withdrawn bigint not null default 0,
  stopped bigint not null default 0,
  result_digital bigint not null default 0,
  rating_very_satisfied bigint not null default 0,
  rating_satisfied bigint not null default 0,
  rating_not_satisfied bigint not null default 0,
  late_by_law bigint not null default 0,
  accepted_online bigint not null default 0,
  synced bigint not null default 0,
  electronic_result bigint not null default 0,
  digitised bigint not null default 0,
  reused bigint not null default 0,
  vault_shared bigint not null default 0,
  population_data bigint not null default 0,
  displeased bigint not null default 0,
  index_overdue bigint not null default 0,
  index_past_due bigint not null default 0,
  constraint daily_pkey PRIMARY KEY (authority, procedure_code, on_date)
);
CREATE INDEX daily_by_procedure ON indicators.daily USING btree (authority, on_date) WHERE (procedure_code <> '*'::text);
grant insert, select, update on indicators.daily to motcua_app;

create table indicators.index_publisher (
  territory text not null,
  stream uuid not null,
  sequence integer not null default 0,
  head_hash bytea,
  constraint index_publisher_pkey PRIMARY KEY (territory),
  constraint index_publisher_stream_key UNIQUE (stream)
);
grant insert, select, update on indicators.index_publisher to motcua_app;

create table indicators.index_set (
  id uuid not null,
  territory text not null,
  key text not null,
  version integer not null,
  state text not null,
  content jsonb not null,
  revision integer not null default 1,
  trial boolean not null default false,
  valid_from date,
  valid_to date,
  decision_number text,
  decision_on date,
  edited_by text,
  edited_at timestamp with time zone not null,
  handed_in_by text,
  handed_in_at timestamp with time zone,
  published_by text,
  published_at timestamp with time zone,
  constraint index_set_pkey PRIMARY KEY (id),
  constraint index_set_version UNIQUE (key, version),
  constraint index_set_ends_after_it_begins CHECK ((valid_to >= valid_from)),
  constraint index_set_handed_in_by_somebody CHECK (((state <> 'handed-in'::text) OR (handed_in_by IS NOT NULL))),
  constraint index_set_published_by_decision CHECK (((state <> 'published'::text) OR (territory = 'VN'::text) OR (decision_number IS NOT NULL))),
  constraint index_set_published_by_somebody_else CHECK (((published_by IS NULL) OR (published_by <> ALL (ARRAY[edited_by, handed_in_by])))),
  constraint index_set_published_from_a_day CHECK (((state <> 'published'::text) OR ((valid_from IS NOT NULL) AND (published_at IS NOT NULL)))),
  constraint index_set_state_is_known CHECK ((state = ANY (ARRAY['draft'::text, 'handed-in'::text, 'published'::text, 'abandoned'::text]))),
  constraint index_set_territory_fkey FOREIGN KEY (territory) REFERENCES indicators.index_publisher(territory)
);
CREATE INDEX index_set_in_force ON indicators.index_set USING btree (territory, valid_from) WHERE (state = 'published'::text);
CREATE UNIQUE INDEX one_open_draft_of_a_set ON indicators.index_set USING btree (key) WHERE (state = ANY (ARRAY['draft'::text, 'handed-in'::text]));
grant insert, select, update on indicators.index_set to motcua_app;

create table indicators.monthly (
  authority text not null,
  procedure_code text not null,
  on_date date not null,
  received bigint not null default 0,
  received_online bigint not null default 0,
  received_direct bigint not null default 0,
  received_post bigint not null default 0,
  accepted bigint not null default 0,
  awaiting_intake bigint not null default 0,
  in_progress bigint not null default 0,
  overdue bigint not null default 0,
  finished_early bigint not null default 0,
  finished_on_time bigint not null default 0,
  finished_late bigint not null default 0,
  refused bigint not null default 0,
  withdrawn bigint not null default 0,
  stopped bigint not null default 0,
  result_digital bigint not null default 0,
  rating_very_satisfied bigint not null default 0,
  rating_satisfied bigint not null default 0,
  rating_not_satisfied bigint not null default 0,
  late_by_law bigint not null default 0,
  accepted_online bigint not null default 0,
  synced bigint not null default 0,
  electronic_result bigint not null default 0,
  digitised bigint not null default 0,
  reused bigint not null default 0,
  vault_shared bigint not null default 0,
  population_data bigint not null default 0,
  displeased bigint not null default 0,
  index_overdue bigint not null default 0,
  index_past_due bigint not null default 0,
  constraint monthly_pkey PRIMARY KEY (authority, procedure_code, on_date),
  constraint first_of_month CHECK ((EXTRACT(day FROM on_date) = (1)::numeric))
);
CREATE INDEX monthly_by_procedure ON indicators.monthly USING btree (authority, on_date) WHERE (procedure_code <> '*'::text);
grant insert, select, update on indicators.monthly to motcua_app;

create table indicators.moved (
  month date not null,
  version bigint not null,
  constraint moved_pkey PRIMARY KEY (month),
  constraint first_of_month CHECK ((EXTRACT(day FROM month) = (1)::numeric))
);
grant insert, select, update on indicators.moved to motcua_app;

create table indicators.officer_objection (
  id uuid not null,
  officer text not null,
  authority text not null,
  figure text not null,
  from_date date not null,
  to_date date not null,
  n integer not null,
  d integer not null,
  dossier text,
  words text not null,
  made_at timestamp with time zone not null,
  agreed boolean,
  answer text,
  answered_by text,
  answered_at timestamp with time zone,
  answer_by timestamp with time zone,
  words_salt bytea,
  answer_salt bytea,
  constraint officer_objection_pkey PRIMARY KEY (id),
  constraint answer_is_whole CHECK ((((answered_at IS NULL) = (answer IS NULL)) AND ((answered_at IS NULL) = (agreed IS NULL)) AND ((answered_at IS NULL) = (answered_by IS NULL)))),
  constraint figure_is_known CHECK ((figure = ANY (ARRAY['on-time'::text, 'satisfied'::text, 'workload'::text]))),
  constraint nobody_answers_themself CHECK ((answered_by <> officer)),
  constraint period_ends_after_it_starts CHECK ((to_date >= from_date)),
  constraint officer_objection_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES directory.officer(id),
  constraint officer_objection_officer_fkey FOREIGN KEY (officer) REFERENCES directory.officer(id)
);
CREATE INDEX officer_objection_agreed ON indicators.officer_objection USING btree (officer, dossier) WHERE (agreed AND (dossier IS NOT NULL));
CREATE INDEX officer_objection_by_officer ON indicators.officer_objection USING btree (officer, made_at DESC);
CREATE INDEX officer_objection_open ON indicators.officer_objection USING btree (authority, made_at) WHERE (answered_at IS NULL);
grant insert, select on indicators.officer_objection to motcua_app;
grant update (agreed) on indicators.officer_objection to motcua_app;
grant update (answer) on indicators.officer_objection to motcua_app;
grant update (answer_salt) on indicators.officer_objection to motcua_app;
grant update (answered_at) on indicators.officer_objection to motcua_app;
grant update (answered_by) on indicators.officer_objection to motcua_app;

create table indicators.scope (
  authority text not null,
  parent text,
  constraint scope_pkey PRIMARY KEY (authority)
);
CREATE INDEX scope_by_parent ON indicators.scope USING btree (parent);
grant insert, select on indicators.scope to motcua_app;

create table indicators.snapshot (
  id uuid not null,
  set_key text not null,
  set_version integer not null,
  authority text not null,
  level text not null,
  period text not null,
  from_date date not null,
  to_date date not null,
  revision integer not null,
  why text not null,
  as_at timestamp with time zone not null,
  "position" bigint not null,
  counts jsonb not null,
  not_measured text[] not null,
  score jsonb not null,
  notes jsonb not null,
  changed jsonb,
  constraint one_snapshot_per_revision UNIQUE (set_key, set_version, authority, period, revision),
  constraint snapshot_pkey PRIMARY KEY (id),
  constraint period_ends_after_it_starts CHECK ((to_date >= from_date)),
  constraint revisions_say_what_changed CHECK (((revision = 1) = (changed IS NULL))),
  constraint why_is_known CHECK ((why = ANY (ARRAY['closed'::text, 'late-facts'::text, 'asked'::text])))
);
CREATE INDEX small_snapshots ON indicators.snapshot USING btree (from_date, to_date, authority) WHERE ((to_date > from_date) AND ((((((counts -> 'onTime'::text) ->> 1))::bigint >= 1) AND ((((counts -> 'onTime'::text) ->> 1))::bigint <= 4)) OR (((((counts -> 'onlineDossiers'::text) ->> 1))::bigint >= 1) AND ((((counts -> 'onlineDossiers'::text) ->> 1))::bigint <= 4))));
CREATE INDEX snapshot_by_unit ON indicators.snapshot USING btree (authority, to_date DESC);
grant insert, select on indicators.snapshot to motcua_app;

create table indicators.target (
  territory text not null,
  key text not null,
  content jsonb not null,
  changed_by text,
  changed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint target_pkey PRIMARY KEY (territory, key),
  constraint target_names_itself CHECK (((content ->> 'key'::text) = key)),
  constraint target_territory_fkey FOREIGN KEY (territory) REFERENCES indicators.index_publisher(territory)
);
grant insert, select, update on indicators.target to motcua_app;

create table indicators.target_alert (
  id uuid not null,
  territory text not null,
  key text not null,
  stage date not null,
  authority text not null,
  previous text,
  status text not null,
  value numeric,
  at timestamp with time zone not null,
  seen_by text,
  seen_at timestamp with time zone,
  numerator integer,
  denominator integer,
  wanted numeric,
  operator text,
  missing integer,
  constraint target_alert_pkey PRIMARY KEY (id),
  constraint seen_by_somebody CHECK (((seen_by IS NULL) = (seen_at IS NULL))),
  constraint target_alert_territory_key_fkey FOREIGN KEY (territory, key) REFERENCES indicators.target(territory, key)
);
CREATE INDEX target_alert_by_authority ON indicators.target_alert USING btree (authority, at DESC);
grant insert, select, update on indicators.target_alert to motcua_app;

create table indicators.target_alert_reader (
  alert uuid not null,
  officer text not null,
  notice text,
  constraint target_alert_reader_pkey PRIMARY KEY (alert, officer),
  constraint target_alert_reader_alert_fkey FOREIGN KEY (alert) REFERENCES indicators.target_alert(id),
  constraint target_alert_reader_officer_fkey FOREIGN KEY (officer) REFERENCES directory.officer(id)
);
CREATE INDEX target_alert_untold ON indicators.target_alert_reader USING btree (officer) WHERE (notice IS NULL);
grant insert, select, update on indicators.target_alert_reader to motcua_app;

create table indicators.target_status (
  territory text not null,
  key text not null,
  stage date not null,
  status text not null,
  since timestamp with time zone not null,
  constraint target_status_pkey PRIMARY KEY (territory, key, stage),
  constraint target_status_is_known CHECK ((status = ANY (ARRAY['met'::text, 'at-risk'::text, 'missed'::text, 'coming'::text, 'not-measured'::text]))),
  constraint target_status_territory_key_fkey FOREIGN KEY (territory, key) REFERENCES indicators.target(territory, key)
);
grant insert, select, update on indicators.target_status to motcua_app;

create table indicators.version (
  only_row boolean not null default true,
  version bigint not null default 0,
  constraint version_pkey PRIMARY KEY (only_row),
  constraint version_only_row_check CHECK (only_row)
);
grant select, update on indicators.version to motcua_app;

-- journal -------------------------------------------------------------------------

create schema journal;
grant usage on schema journal to motcua_app;

create table journal.entry (
  stream uuid not null,
  sequence integer not null,
  stream_kind text not null,
  kind text not null,
  data jsonb not null,
  actor jsonb not null,
  at timestamp with time zone not null,
  previous_hash bytea,
  hash bytea not null,
  id bigint not null generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  constraint entry_pkey PRIMARY KEY (stream, sequence),
  constraint first_entry_has_no_predecessor CHECK (((sequence = 1) = (previous_hash IS NULL))),
  constraint hashes_are_sha256 CHECK ((octet_length(hash) = 32)),
  constraint sequence_starts_at_one CHECK ((sequence > 0))
) partition by RANGE (stream);
CREATE INDEX entry_by_transaction ON ONLY journal.entry USING btree (xid, id);
CREATE INDEX handed_over_by_batch ON ONLY journal.entry USING btree (((data ->> 'batch'::text))) WHERE (kind = 'dossiers.handed-over'::text);
CREATE INDEX purged_by_dossier ON ONLY journal.entry USING btree (((data ->> 'dossier'::text))) WHERE (kind = 'retention.purged'::text);
grant insert, select on journal.entry to motcua_app;

-- notifications -------------------------------------------------------------------

create schema notifications;
grant usage on schema notifications to motcua_app;

create table notifications.attempt (
  message_id uuid not null,
  no integer not null,
  at timestamp with time zone not null,
  adapter text not null,
  outcome text not null,
  error text,
  constraint attempt_pkey PRIMARY KEY (message_id, no),
  constraint outcome_is_known CHECK ((outcome = ANY (ARRAY['sent'::text, 'unavailable'::text, 'rejected'::text]))),
  constraint attempt_message_id_fkey FOREIGN KEY (message_id) REFERENCES notifications.message(id)
);
grant insert, select on notifications.attempt to motcua_app;

create table notifications.message (
  id uuid not null,
  dossier_id uuid,
  sequence integer,
  person_id text,
  kind text not null,
  channel text not null,
  recipient text not null,
  subject text not null,
  text text not null,
  params jsonb not null,
  language text not null,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  failed_at timestamp with time zone,
  read_at timestamp with time zone,
  party smallint,
  officer_id text,
  notice text,
  constraint message_pkey PRIMARY KEY (id),
  constraint officer_told_once UNIQUE (officer_id, notice, channel),
  constraint person_told_once UNIQUE (person_id, notice, channel),
  constraint told_once UNIQUE (dossier_id, sequence, kind, channel, recipient),
  constraint channel_is_known CHECK ((channel = ANY (ARRAY['in-app'::text, 'sms'::text, 'email'::text]))),
  constraint of_a_dossier_or_for_somebody CHECK ((((num_nonnulls(dossier_id, sequence) = 2) AND (num_nonnulls(officer_id, notice) = 0)) OR ((num_nonnulls(dossier_id, sequence) = 0) AND (notice IS NOT NULL) AND (num_nonnulls(officer_id, person_id) = 1)))),
  constraint sent_or_failed CHECK (((sent_at IS NULL) OR (failed_at IS NULL))),
  constraint message_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES directory.officer(id)
);
CREATE INDEX message_by_person ON notifications.message USING btree (person_id, created_at DESC, id) WHERE (channel = 'in-app'::text);
CREATE INDEX message_by_time ON notifications.message USING btree (created_at DESC, id) WHERE (channel <> 'in-app'::text);
CREATE INDEX notice_by_officer ON notifications.message USING btree (officer_id, created_at DESC, id) WHERE (channel = 'in-app'::text);
CREATE INDEX notice_of_booking ON notifications.message USING btree (split_part(notice, ':'::text, 2)) WHERE (notice ~~ 'booking:%'::text);
CREATE INDEX unread_message ON notifications.message USING btree (person_id) WHERE ((channel = 'in-app'::text) AND (read_at IS NULL));
CREATE INDEX unread_notice ON notifications.message USING btree (officer_id) WHERE ((channel = 'in-app'::text) AND (read_at IS NULL));
grant insert, select on notifications.message to motcua_app;
grant update (failed_at) on notifications.message to motcua_app;
grant update (read_at) on notifications.message to motcua_app;
grant update (sent_at) on notifications.message to motcua_app;

create table notifications.officer_address (
  officer_id text not null,
  email text,
  stated_at timestamp with time zone not null,
  constraint officer_address_pkey PRIMARY KEY (officer_id),
  constraint officer_address_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES directory.officer(id)
);
grant insert, select on notifications.officer_address to motcua_app;
grant update (email) on notifications.officer_address to motcua_app;
grant update (stated_at) on notifications.officer_address to motcua_app;

-- processes -----------------------------------------------------------------------

create schema processes;
grant usage on schema processes to motcua_app;

create table processes.process (
  key text not null,
  stream uuid not null,
  sequence integer not null,
  head_hash bytea,
  constraint process_pkey PRIMARY KEY (key),
  constraint process_stream_key UNIQUE (stream)
);
grant insert, select, update on processes.process to motcua_app;

create table processes.process_version (
  key text not null,
  version integer not null,
  bpmn_xml text not null,
  compiled jsonb not null,
  valid_from date not null,
  valid_to date,
  published_at timestamp with time zone not null default now(),
  published_by text,
  decision_number text,
  decision_on date,
  reason text,
  reason_ref uuid,
  reason_salt bytea,
  replaced_to date,
  withdrawn_at timestamp with time zone,
  withdrawn_by text,
  withdraw_reason text,
  withdraw_ref uuid,
  withdraw_salt bytea,
  constraint process_version_pkey PRIMARY KEY (key, version),
  constraint only_published_is_withdrawn CHECK (((withdrawn_at IS NULL) OR (published_by IS NOT NULL))),
  constraint process_ends_after_it_starts CHECK ((valid_to >= valid_from)),
  constraint publication_is_whole CHECK ((((published_by IS NULL) = (decision_number IS NULL)) AND ((published_by IS NULL) = (decision_on IS NULL)) AND ((published_by IS NULL) = (reason IS NULL)) AND ((published_by IS NULL) = (reason_ref IS NULL)) AND ((published_by IS NULL) = (reason_salt IS NULL)))),
  constraint version_starts_at_one CHECK ((version > 0)),
  constraint withdrawal_is_whole CHECK ((((withdrawn_at IS NULL) = (withdrawn_by IS NULL)) AND ((withdrawn_at IS NULL) = (withdraw_reason IS NULL)) AND ((withdrawn_at IS NULL) = (withdraw_ref IS NULL)) AND ((withdrawn_at IS NULL) = (withdraw_salt IS NULL)))),
  constraint process_version_published_by_fkey FOREIGN KEY (published_by) REFERENCES directory.officer(id),
  constraint process_version_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES directory.officer(id)
);
CREATE UNIQUE INDEX one_version_begins_a_day ON processes.process_version USING btree (key, valid_from) WHERE (withdrawn_at IS NULL);
grant insert, select, update on processes.process_version to motcua_app;

-- public --------------------------------------------------------------------------

create table public.motcua_migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint motcua_migration_pkey PRIMARY KEY (name)
);

-- reform --------------------------------------------------------------------------

create schema reform;
grant usage on schema reform to motcua_app;

create table reform.dossier_time (
  dossier_id uuid not null,
  process_key text not null,
  process_version integer not null,
  authority text not null,
  submitted_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  decided_at timestamp with time zone,
  closed_at timestamp with time zone,
  intake_waiting integer,
  intake_working integer,
  intake_applicant integer,
  intake_others integer,
  settling_waiting integer,
  settling_working integer,
  settling_applicant integer,
  settling_others integer,
  returning_waiting integer,
  returning_working integer,
  returning_applicant integer,
  returning_others integer,
  constraint dossier_time_pkey PRIMARY KEY (dossier_id)
);
CREATE INDEX dossier_time_decided ON reform.dossier_time USING btree (process_key, process_version, decided_at) INCLUDE (authority, accepted_at, closed_at, intake_waiting, intake_working, intake_applicant, intake_others, settling_waiting, settling_working, settling_applicant, settling_others, returning_waiting, returning_working, returning_applicant, returning_others) WHERE (decided_at IS NOT NULL);
grant insert, select, update on reform.dossier_time to motcua_app;

create table reform.step_span (
  dossier_id uuid not null,
  no integer not null,
  process_key text not null,
  process_version integer not null,
  kind text not null,
  step_id text,
  came_from text,
  sent_back boolean not null,
  whose text not null,
  role text not null,
  authority text not null,
  holder text,
  officer text,
  opened_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  closed_at timestamp with time zone,
  due_at timestamp with time zone,
  outcome text,
  done boolean not null,
  round smallint not null,
  hand_overs smallint not null,
  waiting integer,
  working integer,
  held integer,
  round_waiting integer,
  round_working integer,
  constraint step_span_pkey PRIMARY KEY (dossier_id, no),
  constraint taken_while_open CHECK (((taken_at >= opened_at) AND (taken_at <= closed_at))),
  constraint whose_is_known CHECK ((whose = ANY (ARRAY['office'::text, 'applicant'::text, 'others'::text])))
);
CREATE INDEX step_span_by_line ON reform.step_span USING btree (process_key, process_version, kind COLLATE "C", step_id COLLATE "C", whose COLLATE "C", closed_at) INCLUDE (authority, done, round, hand_overs, waiting, working, round_waiting, round_working) WHERE (closed_at IS NOT NULL);
CREATE INDEX step_span_open ON reform.step_span USING btree (process_key, process_version, authority) WHERE (closed_at IS NULL);
CREATE INDEX step_span_sent_back ON reform.step_span USING btree (process_key, process_version, closed_at) INCLUDE (authority, came_from, step_id, dossier_id) WHERE (sent_back AND (closed_at IS NOT NULL));
grant insert, select, update on reform.step_span to motcua_app;

-- retention -----------------------------------------------------------------------

create schema retention;
grant usage on schema retention to motcua_app;

create table retention.batch (
  id uuid not null,
  authority text not null,
  state text not null default 'proposed'::text,
  basis text not null,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  decided_by text,
  decided_at timestamp with time zone,
  decision text,
  pseudonyms bytea,
  before jsonb,
  after jsonb,
  certificate text,
  finished_at timestamp with time zone,
  constraint batch_pkey PRIMARY KEY (id),
  constraint basis_is_stated CHECK (((length(basis) >= 1) AND (length(basis) <= 1000))),
  constraint decided_by_somebody CHECK (((state = 'proposed'::text) = (decided_by IS NULL))),
  constraint done_has_its_moment CHECK (((state = 'done'::text) = (finished_at IS NOT NULL))),
  constraint pseudonyms_end CHECK (((state <> 'done'::text) OR (pseudonyms IS NULL))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['proposed'::text, 'declined'::text, 'approved'::text, 'done'::text]))),
  constraint two_people_decide CHECK (((decided_by IS NULL) OR (decided_by <> proposed_by)))
);
CREATE INDEX batch_by_authority ON retention.batch USING btree (authority, proposed_at DESC);
CREATE INDEX batch_to_run ON retention.batch USING btree (decided_at) WHERE (state = 'approved'::text);
grant insert, select on retention.batch to motcua_app;
grant update (after) on retention.batch to motcua_app;
grant update (before) on retention.batch to motcua_app;
grant update (certificate) on retention.batch to motcua_app;
grant update (decided_at) on retention.batch to motcua_app;
grant update (decided_by) on retention.batch to motcua_app;
grant update (decision) on retention.batch to motcua_app;
grant update (finished_at) on retention.batch to motcua_app;
grant update (pseudonyms) on retention.batch to motcua_app;
grant update (state) on retention.batch to motcua_app;

create table retention.doomed (
  sha256 text not null,
  batch_id uuid not null,
  dossier_id uuid not null,
  doomed_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  outcome text,
  constraint doomed_pkey PRIMARY KEY (sha256),
  constraint content_is_named_by_its_hash CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint outcome_is_known CHECK ((outcome = ANY (ARRAY['removed'::text, 'needed'::text, 'absent'::text]))),
  constraint removed_has_outcome CHECK (((removed_at IS NULL) = (outcome IS NULL))),
  constraint doomed_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES retention.batch(id)
);
CREATE INDEX doomed_waiting ON retention.doomed USING btree (doomed_at) WHERE (removed_at IS NULL);
CREATE TRIGGER doom_longer_edition AFTER UPDATE OF outcome ON retention.doomed FOR EACH ROW WHEN ((new.outcome = 'removed'::text)) EXECUTE FUNCTION retention.doom_longer_edition();
grant select on retention.doomed to motcua_app;
grant update (outcome) on retention.doomed to motcua_app;
grant update (removed_at) on retention.doomed to motcua_app;

create table retention.held (
  hold_id uuid not null,
  dossier_id uuid not null,
  constraint held_pkey PRIMARY KEY (hold_id, dossier_id),
  constraint held_hold_id_fkey FOREIGN KEY (hold_id) REFERENCES retention.hold(id)
);
CREATE INDEX held_by_dossier ON retention.held USING btree (dossier_id);
grant insert, select on retention.held to motcua_app;

create table retention.hold (
  id uuid not null,
  authority text not null,
  kind text not null,
  reason text not null,
  placed_by text not null,
  placed_at timestamp with time zone not null,
  until date,
  lift_asked_by text,
  lift_asked_at timestamp with time zone,
  lift_reason text,
  lifted_by text,
  lifted_at timestamp with time zone,
  constraint hold_pkey PRIMARY KEY (id),
  constraint asking_is_whole CHECK (((lift_asked_by IS NULL) = (lift_asked_at IS NULL))),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['appeal'::text, 'court'::text, 'inspection'::text, 'other'::text]))),
  constraint lifting_is_whole CHECK (((lifted_by IS NULL) = (lifted_at IS NULL))),
  constraint reason_is_stated CHECK (((length(reason) >= 1) AND (length(reason) <= 1000))),
  constraint two_people_lift CHECK (((lifted_by IS NULL) OR ((lift_asked_by IS NOT NULL) AND (lifted_by <> lift_asked_by))))
);
CREATE INDEX hold_by_authority ON retention.hold USING btree (authority, placed_at DESC);
grant insert, select on retention.hold to motcua_app;
grant update (lift_asked_at) on retention.hold to motcua_app;
grant update (lift_asked_by) on retention.hold to motcua_app;
grant update (lift_reason) on retention.hold to motcua_app;
grant update (lifted_at) on retention.hold to motcua_app;
grant update (lifted_by) on retention.hold to motcua_app;

create table retention.line (
  batch_id uuid not null,
  dossier_id uuid not null,
  code text not null,
  ended_at timestamp with time zone not null,
  due_on date not null,
  rule text not null,
  keep_results boolean not null,
  state text not null default 'waiting'::text,
  why text,
  erased jsonb,
  at timestamp with time zone,
  constraint line_pkey PRIMARY KEY (batch_id, dossier_id),
  constraint skipped_says_why CHECK (((state = 'skipped'::text) = (why IS NOT NULL))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'purged'::text, 'skipped'::text]))),
  constraint line_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES retention.batch(id)
);
CREATE INDEX line_by_dossier ON retention.line USING btree (dossier_id);
CREATE UNIQUE INDEX purged_once ON retention.line USING btree (dossier_id) WHERE (state = 'purged'::text);
CREATE TRIGGER captures_go_with_their_dossier AFTER UPDATE OF state ON retention.line FOR EACH ROW WHEN (((new.state = 'purged'::text) AND (old.state <> 'purged'::text))) EXECUTE FUNCTION retention.erase_captures();
CREATE TRIGGER readings_go_with_their_dossier AFTER UPDATE OF state ON retention.line FOR EACH ROW WHEN (((new.state = 'purged'::text) AND (old.state <> 'purged'::text))) EXECUTE FUNCTION dossiers.forget_readings();
grant insert, select on retention.line to motcua_app;
grant update (at) on retention.line to motcua_app;
grant update (state) on retention.line to motcua_app;
grant update (why) on retention.line to motcua_app;

create table retention.rule (
  id text not null,
  valid_from date not null,
  valid_to date,
  part text not null,
  procedure_code text,
  template text,
  closing text,
  years integer,
  basis text not null,
  source text not null,
  confidence text not null,
  constraint rule_pkey PRIMARY KEY (id, valid_from),
  constraint closing_is_known CHECK ((closing = ANY (ARRAY['granted'::text, 'not-granted'::text, 'refused'::text, 'withdrawn'::text, 'stopped'::text, 'revoked'::text]))),
  constraint confidence_is_known CHECK ((confidence = ANY (ARRAY['C'::text, 'S'::text, 'R'::text, 'U'::text]))),
  constraint ends_after_it_begins CHECK ((valid_to >= valid_from)),
  constraint part_is_known CHECK ((part = ANY (ARRAY['dossier'::text, 'result'::text, 'booking'::text]))),
  constraint years_are_some CHECK (((years >= 1) AND (years <= 100)))
);
grant insert, select on retention.rule to motcua_app;
grant update (valid_to) on retention.rule to motcua_app;

CREATE OR REPLACE FUNCTION retention.doom_longer_edition()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
begin
  insert into retention.doomed (sha256, batch_id, dossier_id, doomed_at)
    select longer_sha256, new.batch_id, new.dossier_id, new.doomed_at from signatures.lengthening
    where sha256 = new.sha256 and longer_sha256 is not null
    on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION retention.erase(batch uuid, dossier uuid, photos text[], moment timestamp with time zone)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  decided retention.batch;
  listed  retention.line;
  ended   dossiers.dossier;
  owner   text;
  ids     uuid[];
  hashes  text[];
  counts  jsonb := '{}';
  n       integer;
begin
  select * into ended from dossiers.dossier d where d.id = erase.dossier for update;
  select * into decided from retention.batch b where b.id = erase.batch;
  select * into listed from retention.line l
    where l.batch_id = erase.batch and l.dossier_id = erase.dossier and l.state = 'waiting' for update;
  if decided.state is distinct from 'approved' or listed.dossier_id is null
     or decided.authority is distinct from ended.competent then
    raise exception 'retention: no approved batch lists this dossier';
  end if;
  if ended.closed_at is null or exists (
    select from dossiers.task t where t.dossier_id = erase.dossier and t.closed_at is null) then
    raise exception 'retention: the dossier is open';
  end if;
  if exists (select from retention.held x join retention.hold h on h.id = x.hold_id
             where x.dossier_id = erase.dossier and h.lifted_at is null
               and (h.until is null or h.until >= (erase.moment at time zone 'Asia/Ho_Chi_Minh')::date)) then
    raise exception 'retention: the dossier is held';
  end if;
  select p.person_id into owner from dossiers.party p where p.dossier_id = erase.dossier;

  -- Files named by the dossier; those named in answers only where they are the filer's own.
  select coalesce(array_agg(distinct f.file_id), '{}') into ids from (
    select file_id from dossiers.paper where dossier_id = erase.dossier
    union select file_id from dossiers.scan where dossier_id = erase.dossier
    union select file_id from dossiers.digitised_paper where dossier_id = erase.dossier
    union select unnest(source_files) from dossiers.digitised_paper where dossier_id = erase.dossier
    union select s.file_id from documents.stored_file s join (
      select jsonb_path_query(content, '$.**.fileId') #>> '{}' as named from dossiers.private where dossier_id = erase.dossier
      union select jsonb_path_query(filed_for, '$.**.fileId') #>> '{}' from dossiers.party where dossier_id = erase.dossier
      union select jsonb_path_query(answers, '$.**.fileId') #>> '{}' from dossiers.draft where submitted_code = ended.code
      union select jsonb_path_query(papers, '$.**.fileId') #>> '{}' from dossiers.draft where submitted_code = ended.code
    ) a on a.named = s.file_id::text and s.owner_kind = 'person' and s.owner_id = owner
  ) f
  where not exists (select from dossiers.paper o where o.file_id = f.file_id and o.dossier_id <> erase.dossier)
    and not exists (select from vault.item i where i.file_id = f.file_id and i.state <> 'removed')
    and not exists (
      select from dossiers.party o join dossiers.private x on x.dossier_id = o.dossier_id
      where owner is not null and o.person_id = owner and o.dossier_id <> erase.dossier
        and jsonb_path_exists(x.content, '$.**.fileId ? (@ == $f)', jsonb_build_object('f', f.file_id)));

  select coalesce(array_agg(distinct h), '{}') into hashes from (
    select unnest(array[sha256, view_sha256, converted_sha256]) as h from documents.stored_file where file_id = any (ids)
    union select sha256 from dossiers.paper where dossier_id = erase.dossier
    union select sha256 from dossiers.digitised_paper where dossier_id = erase.dossier
    union select unnest(array[sha256, prepared_sha256]) from documents.paper_in_hand where dossier_id = erase.dossier
    union select sha256 from documents.joined_paper where parts = any (photos)
    union select sha256 from documents.issued_document
      where dossier_id = erase.dossier and (kind <> 'result' or not listed.keep_results)
  ) all_of where h is not null;

  delete from dossiers.private where dossier_id = erase.dossier;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('contents', n);
  update dossiers.party set name = '', search_name = '', personal_id = null, phone = null, email = null,
    lookup_secret = '', filed_for = jsonb_build_object('kind', filed_for -> 'kind'),
    -- The same person stays one person in the figures of how many came, and is nobody any more.
    person_id = 'erased:' || encode(sha256(decided.pseudonyms || convert_to(coalesce(personal_id, person_id, ''), 'UTF8')), 'hex')
    where dossier_id = erase.dossier;
  delete from dossiers.other_party where dossier_id = erase.dossier;
  delete from dossiers.dossier_label where dossier_id = erase.dossier;
  delete from dossiers.submission_key where dossier_id = erase.dossier;
  update dossiers.partner_word set text = null where dossier_id = erase.dossier;
  delete from dossiers.typed_stash where draft_id in (select id from dossiers.draft where submitted_code = ended.code);
  update dossiers.draft set person_id = 'erased', answers = '{}', papers = '[]',
    filed_for = jsonb_build_object('kind', filed_for -> 'kind') where submitted_code = ended.code;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('drafts', n);
  delete from dossiers.paper where dossier_id = erase.dossier;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('papers', n);
  delete from dossiers.digitised_paper where dossier_id = erase.dossier;
  delete from dossiers.scan where dossier_id = erase.dossier;
  delete from documents.stored_file where file_id = any (ids);
  get diagnostics n = row_count; counts := counts || jsonb_build_object('files', n);
  delete from documents.paper_in_hand where dossier_id = erase.dossier;
  delete from documents.joined_paper where parts = any (photos);
  update documents.issued_document set purged_at = erase.moment
    where dossier_id = erase.dossier and (kind <> 'result' or not listed.keep_results) and purged_at is null;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('issued', n);
  select count(*) into n from documents.issued_document where dossier_id = erase.dossier and purged_at is null;
  counts := counts || jsonb_build_object('kept', n);
  delete from notifications.attempt a using notifications.message m
    where a.message_id = m.id and m.dossier_id = erase.dossier;
  delete from notifications.message where dossier_id = erase.dossier;
  get diagnostics n = row_count; counts := counts || jsonb_build_object('messages', n);
  update feedback.rating set comment = null, comment_ref = null, comment_salt = null where dossier_id = erase.dossier;

  insert into retention.doomed (sha256, batch_id, dossier_id, doomed_at)
    select h, erase.batch, erase.dossier, erase.moment from unnest(hashes) h
    on conflict (sha256) do update set batch_id = excluded.batch_id, dossier_id = excluded.dossier_id,
      doomed_at = excluded.doomed_at, removed_at = null, outcome = null;
  update retention.line l set state = 'purged', erased = counts, at = erase.moment
    where l.batch_id = erase.batch and l.dossier_id = erase.dossier;
  return counts;
end $function$
;

CREATE OR REPLACE FUNCTION retention.erase_captures()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
declare
  files  uuid[];
  hashes text[];
begin
  select coalesce(array_agg(distinct (page ->> 'fileId')::uuid) filter (where page ->> 'fileId' is not null), '{}'),
         coalesce(array_agg(distinct page ->> 'sha256') filter (where page ->> 'sha256' is not null), '{}')
    into files, hashes
    from dossiers.captured_original o, jsonb_array_elements(o.pages) page where o.dossier_id = new.dossier_id;
  update dossiers.captured_original set pages = '[]' where dossier_id = new.dossier_id;
  files := array(
    select f from unnest(files) f
    where not exists (select from dossiers.paper o where o.file_id = f)
      and not exists (select from vault.item i where i.file_id = f and i.state <> 'removed')
      and not exists (select from dossiers.captured_original o
                      where o.pages @> jsonb_build_array(jsonb_build_object('fileId', f::text))));
  hashes := hashes || array(
    select h from documents.stored_file s, unnest(array[s.sha256, s.view_sha256, s.converted_sha256]) h
    where s.file_id = any (files) and h is not null);
  delete from documents.stored_file where file_id = any (files);
  hashes := hashes || array(
    select printed_sha256 from documents.issued_document
    where dossier_id = new.dossier_id and purged_at is not null and printed_sha256 is not null);
  insert into retention.doomed (sha256, batch_id, dossier_id, doomed_at)
    select distinct h, new.batch_id, new.dossier_id, new.at from unnest(hashes) h
    on conflict (sha256) do update set batch_id = excluded.batch_id, dossier_id = excluded.dossier_id,
      doomed_at = excluded.doomed_at, removed_at = null, outcome = null;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION retention.needed(hash text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (select from documents.stored_file where sha256 = hash or view_sha256 = hash or converted_sha256 = hash)
    or exists (select from documents.issued_document where hash in (sha256, printed_sha256) and purged_at is null)
    or exists (select from documents.paper_in_hand where hash in (sha256, prepared_sha256))
    or exists (select from documents.joined_paper where sha256 = hash)
    or exists (select from dossiers.paper where sha256 = hash)
    or exists (select from dossiers.digitised_paper where sha256 = hash)
    or exists (select from dossiers.captured_original
               where pages @> jsonb_build_array(jsonb_build_object('sha256', hash)))
    or exists (select from vault.item where sha256 = hash and state <> 'removed')
$function$
;

-- signatures ----------------------------------------------------------------------

create schema signatures;
grant usage on schema signatures to motcua_app;

create table signatures.change (
  id uuid not null,
  subject text not null,
  act text not null,
  details jsonb not null default '{}'::jsonb,
  officer_id text not null,
  name text not null,
  at timestamp with time zone not null,
  constraint change_pkey PRIMARY KEY (id),
  constraint act_is_known CHECK ((act = ANY (ARRAY['added'::text, 'tried'::text, 'chosen'::text, 'image'::text, 'locked'::text, 'unlocked'::text, 'ended'::text, 'trusted'::text, 'trust-ended'::text])))
);
CREATE INDEX change_by_subject ON signatures.change USING btree (subject, at DESC);
grant insert, select on signatures.change to motcua_app;

create table signatures.confirmation (
  request_id text not null,
  signer_id uuid not null,
  code text not null,
  papers integer not null,
  sha256 bytea not null,
  state text not null default 'waiting'::text,
  asked_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  about jsonb,
  outcome jsonb,
  reason text,
  constraint confirmation_pkey PRIMARY KEY (request_id),
  constraint decided_has_its_moment CHECK (((state = 'waiting'::text) = (decided_at IS NULL))),
  constraint only_a_refusal_has_a_reason CHECK (((reason IS NULL) OR (state = 'declined'::text))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'confirmed'::text, 'declined'::text]))),
  constraint confirmation_signer_id_fkey FOREIGN KEY (signer_id) REFERENCES signatures.signer(id)
);
CREATE INDEX confirmation_waiting ON signatures.confirmation USING btree (signer_id, asked_at) WHERE (state = 'waiting'::text);
grant insert, select, update on signatures.confirmation to motcua_app;

create table signatures.evidence (
  id uuid not null,
  sha256 bytea not null,
  kind text not null,
  found jsonb not null,
  found_at timestamp with time zone not null,
  constraint evidence_pkey PRIMARY KEY (id),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['made'::text, 'checked'::text])))
);
CREATE INDEX evidence_by_content ON signatures.evidence USING btree (sha256, found_at DESC);
grant insert, select on signatures.evidence to motcua_app;

create table signatures.lengthening (
  sha256 text not null,
  wanted text not null,
  state text not null default 'waiting'::text,
  asked_at timestamp with time zone not null,
  tries integer not null default 0,
  next_at timestamp with time zone not null,
  longer_sha256 text,
  longer_size bigint,
  done_at timestamp with time zone,
  constraint lengthening_pkey PRIMARY KEY (sha256),
  constraint contents_are_named_by_their_hashes CHECK (((sha256 ~ '^[0-9a-f]{64}$'::text) AND ((longer_sha256 IS NULL) OR (longer_sha256 ~ '^[0-9a-f]{64}$'::text)))),
  constraint done_has_its_edition CHECK (((state = 'done'::text) = ((longer_sha256 IS NOT NULL) AND (longer_size IS NOT NULL)))),
  constraint level_is_known CHECK ((wanted = ANY (ARRAY['B-T'::text, 'B-LT'::text, 'B-LTA'::text]))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'overtaken'::text, 'gone'::text])))
);
CREATE INDEX lengthening_waiting ON signatures.lengthening USING btree (next_at) WHERE (state = 'waiting'::text);
grant insert, select, update on signatures.lengthening to motcua_app;

create table signatures.signer (
  id uuid not null,
  owner_kind text not null,
  owner_id text not null,
  label text not null,
  kind text not null,
  certificates bytea[] not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone not null,
  state text not null default 'active'::text,
  settings jsonb not null default '{}'::jsonb,
  wrong_pins integer not null default 0,
  added_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint signer_pkey PRIMARY KEY (id),
  constraint ended_has_its_moment CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
  constraint has_a_certificate CHECK ((cardinality(certificates) > 0)),
  constraint kind_is_known CHECK ((kind = ANY (ARRAY['pkcs12'::text, 'csc'::text, 'mobile'::text]))),
  constraint owner_is_known CHECK ((owner_kind = ANY (ARRAY['officer'::text, 'authority'::text]))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['active'::text, 'locked'::text, 'ended'::text])))
);
CREATE UNIQUE INDEX one_signer_for_each_owner_and_kind ON signatures.signer USING btree (owner_kind, owner_id, kind) WHERE (state <> 'ended'::text);
grant insert, select, update on signatures.signer to motcua_app;

create table signatures.signing_request (
  id text not null,
  signer_id uuid not null,
  sha256 bytea,
  signature bytea,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  constraint signing_request_pkey PRIMARY KEY (id),
  constraint signing_request_signer_id_fkey FOREIGN KEY (signer_id) REFERENCES signatures.signer(id)
);
CREATE INDEX signing_request_by_signer ON signatures.signing_request USING btree (signer_id, asked_at DESC);
grant insert, select, update on signatures.signing_request to motcua_app;

create table signatures.trusted_authority (
  sha256 bytea not null,
  name text not null,
  certificate bytea not null,
  valid_from date not null,
  valid_to date,
  added_by text not null,
  added_at timestamp with time zone not null,
  constraint trusted_authority_pkey PRIMARY KEY (sha256),
  constraint ends_after_it_begins CHECK ((valid_to >= valid_from))
);
grant insert, select, update on signatures.trusted_authority to motcua_app;

-- vault ---------------------------------------------------------------------------

create schema vault;
grant usage on schema vault to motcua_app;

create table vault.erasure (
  id bigint not null generated always as identity,
  item_id uuid not null,
  file_id uuid,
  asked_at timestamp with time zone not null,
  hashes text[],
  done_at timestamp with time zone,
  outcome text,
  constraint erasure_pkey PRIMARY KEY (id),
  constraint done_has_outcome CHECK (((done_at IS NULL) = (outcome IS NULL))),
  constraint outcome_is_known CHECK ((outcome = ANY (ARRAY['erased'::text, 'held'::text, 'put-back'::text]))),
  constraint erasure_item_id_fkey FOREIGN KEY (item_id) REFERENCES vault.item(id)
);
CREATE INDEX erasure_by_item ON vault.erasure USING btree (item_id, id);
CREATE INDEX erasure_waiting ON vault.erasure USING btree (asked_at) WHERE (done_at IS NULL);
grant insert, select on vault.erasure to motcua_app;
grant update (done_at) on vault.erasure to motcua_app;
grant update (hashes) on vault.erasure to motcua_app;
grant update (outcome) on vault.erasure to motcua_app;

create table vault.item (
  id uuid not null,
  owner_kind text not null,
  owner_id text not null,
  personal_id text,
  holder text not null generated always as (((owner_kind || ':'::text) || COALESCE(personal_id, owner_id))) stored,
  origin text not null,
  paper_code text,
  name text not null,
  number text,
  issued_on date,
  valid_to date,
  issuer text,
  trust text not null,
  sha256 text,
  media_type text not null,
  size bigint,
  file_id uuid,
  document_id uuid,
  evidence_id uuid,
  dossier_code text,
  state text not null default 'valid'::text,
  replaced_by uuid,
  hidden_at timestamp with time zone,
  fields jsonb not null default '{}'::jsonb,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint item_pkey PRIMARY KEY (id),
  constraint one_item_per_origin UNIQUE (holder, origin),
  constraint content_is_named_by_its_hash CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint content_is_there CHECK (((sha256 IS NOT NULL) OR (trust = 'issued'::text))),
  constraint name_is_short CHECK (((length(name) >= 1) AND (length(name) <= 300))),
  constraint only_people_have_personal_ids CHECK (((personal_id IS NULL) OR (owner_kind = 'person'::text))),
  constraint owner_is_known CHECK ((owner_kind = ANY (ARRAY['person'::text, 'organisation'::text]))),
  constraint state_is_known CHECK ((state = ANY (ARRAY['valid'::text, 'revoked'::text, 'replaced'::text, 'removed'::text]))),
  constraint trust_is_known CHECK ((trust = ANY (ARRAY['issued'::text, 'digitised'::text, 'certified-copy'::text, 'own-upload'::text]))),
  constraint item_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES vault.item(id)
);
CREATE INDEX item_by_content ON vault.item USING btree (sha256);
CREATE INDEX item_by_dossier ON vault.item USING btree (dossier_code) WHERE (dossier_code IS NOT NULL);
CREATE INDEX item_by_file ON vault.item USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX item_by_owner ON vault.item USING btree (owner_kind, owner_id);
CREATE INDEX item_by_personal_id ON vault.item USING btree (personal_id) WHERE (personal_id IS NOT NULL);
CREATE INDEX item_ending ON vault.item USING btree (valid_to) WHERE ((valid_to IS NOT NULL) AND (state = 'valid'::text));
grant insert, select on vault.item to motcua_app;
grant update (document_id) on vault.item to motcua_app;
grant update (evidence_id) on vault.item to motcua_app;
grant update (fields) on vault.item to motcua_app;
grant update (file_id) on vault.item to motcua_app;
grant update (hidden_at) on vault.item to motcua_app;
grant update (issued_on) on vault.item to motcua_app;
grant update (name) on vault.item to motcua_app;
grant update (number) on vault.item to motcua_app;
grant update (removed_at) on vault.item to motcua_app;
grant update (replaced_by) on vault.item to motcua_app;
grant update (sha256) on vault.item to motcua_app;
grant update (size) on vault.item to motcua_app;
grant update (state) on vault.item to motcua_app;
grant update (valid_to) on vault.item to motcua_app;

create table vault.read (
  id bigint not null generated always as identity,
  item_id uuid not null,
  at timestamp with time zone not null,
  how text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  place text,
  dossier_code text,
  share_id uuid,
  purpose text,
  constraint read_pkey PRIMARY KEY (id),
  constraint way_is_known CHECK ((how = ANY (ARRAY['opened'::text, 'offered'::text, 'downloaded'::text]))),
  constraint read_item_id_fkey FOREIGN KEY (item_id) REFERENCES vault.item(id),
  constraint read_share_id_fkey FOREIGN KEY (share_id) REFERENCES vault.share(id)
);
CREATE INDEX read_by_item ON vault.read USING btree (item_id, at DESC);
grant insert, select on vault.read to motcua_app;

create table vault.share (
  id uuid not null,
  item_id uuid not null,
  with_kind text not null,
  with_id text not null,
  with_name text not null,
  purpose text not null,
  may_use boolean not null,
  until date not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  ended_at timestamp with time zone,
  constraint share_pkey PRIMARY KEY (id),
  constraint purpose_is_stated CHECK (((length(purpose) >= 1) AND (length(purpose) <= 500))),
  constraint with_is_known CHECK ((with_kind = ANY (ARRAY['person'::text, 'organisation'::text, 'authority'::text]))),
  constraint share_item_id_fkey FOREIGN KEY (item_id) REFERENCES vault.item(id)
);
CREATE INDEX share_by_item ON vault.share USING btree (item_id);
CREATE INDEX share_with ON vault.share USING btree (with_kind, with_id) WHERE (ended_at IS NULL);
grant insert, select on vault.share to motcua_app;
grant update (ended_at) on vault.share to motcua_app;

create table vault.use (
  item_id uuid not null,
  dossier_id uuid not null,
  dossier_code text not null,
  component text not null,
  sha256 text not null,
  trust text not null,
  used_at timestamp with time zone not null,
  constraint use_pkey PRIMARY KEY (item_id, dossier_id, component),
  constraint use_item_id_fkey FOREIGN KEY (item_id) REFERENCES vault.item(id)
);
CREATE INDEX use_by_dossier ON vault.use USING btree (dossier_id);
grant insert, select on vault.use to motcua_app;
