-- Where time goes: one row for each task of a dossier as a span of working time, and each dossier's time by stage.
create schema reform;

create table reform.step_span (
  dossier_id      uuid        not null,
  no              integer     not null,
  process_key     text        not null,
  process_version integer     not null,
  kind            text        not null,
  step_id         text,
  came_from       text,
  sent_back       boolean     not null,
  whose           text        not null,
  role            text        not null,
  authority       text        collate "C" not null,
  holder          text,
  officer         text,
  opened_at       timestamptz not null,
  taken_at        timestamptz,
  closed_at       timestamptz,
  due_at          timestamptz,
  outcome         text,
  done            boolean     not null,
  round           smallint    not null,
  hand_overs      smallint    not null,
  waiting         integer,
  working         integer,
  held            integer,
  round_waiting   integer,
  round_working   integer,
  primary key (dossier_id, no),
  constraint whose_is_known check (whose in ('office', 'applicant', 'others')),
  constraint taken_while_open check (taken_at >= opened_at and taken_at <= closed_at)
) with (fillfactor = 90);
comment on table reform.step_span is 'Made from rows and journal of dossiers; minutes are working time of the authority.';
comment on column reform.step_span.held is 'Minutes in which it could not go on: the clock stood, or an opinion was awaited.';
comment on column reform.step_span.round is 'The nth time that the process came here; what goes on after a break is the same time.';
comment on column reform.step_span.came_from is 'The step whose end led here; sent_back when that step comes later.';

create index step_span_ended on reform.step_span (process_key, process_version, closed_at)
  include (authority, kind, whose, step_id, came_from, sent_back, done, round, hand_overs, waiting, working, held, round_waiting, round_working)
  where closed_at is not null;
create index step_span_open on reform.step_span (process_key, process_version, authority) where closed_at is null;

-- Working minutes by stage: nobody had begun, somebody had, the applicant or others were waited for.
create table reform.dossier_time (
  dossier_id          uuid        primary key,
  process_key         text        not null,
  process_version     integer     not null,
  authority           text        collate "C" not null,
  submitted_at        timestamptz not null,
  accepted_at         timestamptz,
  decided_at          timestamptz,
  closed_at           timestamptz,
  intake_waiting      integer,
  intake_working      integer,
  intake_applicant    integer,
  intake_others       integer,
  settling_waiting    integer,
  settling_working    integer,
  settling_applicant  integer,
  settling_others     integer,
  returning_waiting   integer,
  returning_working   integer,
  returning_applicant integer,
  returning_others    integer
) with (fillfactor = 90);
create index dossier_time_decided on reform.dossier_time (process_key, process_version, decided_at)
  include (authority, accepted_at, closed_at, intake_waiting, intake_working, intake_applicant, intake_others,
    settling_waiting, settling_working, settling_applicant, settling_others,
    returning_waiting, returning_working, returning_applicant, returning_others)
  where decided_at is not null;
comment on table reform.dossier_time is 'Null: the stage has not ended, or nobody published the days off of its year.';

grant usage on schema reform to motcua_app;
grant select, insert, update on reform.step_span, reform.dossier_time to motcua_app;
