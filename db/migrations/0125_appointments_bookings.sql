-- Times that people book at a counter, and how many each counter takes. A booking is no dossier before it is received.
create schema appointments;
grant usage on schema appointments to motcua_app;

create table appointments.opening (
  authority      text        not null,
  procedure_code text        not null,
  is_open        boolean     not null,
  slot_minutes   integer     not null,
  capacity       integer     not null,
  days_ahead     integer     not null,
  notice_minutes integer     not null,
  stated_by      text,
  stated_at      timestamptz not null default now(),
  primary key (authority, procedure_code),
  constraint slot_fits_a_session check (slot_minutes between 10 and 240),
  constraint somebody_can_come check (capacity between 1 and 50),
  constraint days_are_foreseeable check (days_ahead between 1 and 60),
  constraint notice_is_short check (notice_minutes between 0 and 1440)
);
comment on table appointments.opening is 'The line without an authority holds for everyone who states nothing else.';
insert into appointments.opening (authority, procedure_code, is_open, slot_minutes, capacity, days_ahead, notice_minutes)
values ('', '2.000815', true, 30, 2, 14, 60);

create table appointments.booking (
  id             uuid        primary key,
  code           text        not null unique,
  authority      text        not null,
  procedure_code text        not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  seat           integer     not null,
  person_id      text        not null,
  name           text        not null,
  personal_id    text,
  phone          text,
  papers         jsonb       not null,
  state          text        not null,
  dossier_code   text,
  booked_at      timestamptz not null,
  changed_at     timestamptz not null,
  constraint state_is_known check (state in ('booked', 'cancelled', 'received', 'missed')),
  constraint received_as_a_dossier check ((state = 'received') = (dossier_code is not null)),
  constraint ends_after_it_starts check (ends_at > starts_at)
);
create unique index one_person_per_seat on appointments.booking (authority, procedure_code, starts_at, seat)
  where state <> 'cancelled';
create index booking_by_day on appointments.booking (authority, starts_at);
create index booking_by_person on appointments.booking (person_id, starts_at);
comment on column appointments.booking.papers is 'What the person brings: name, pages and copies of each original.';

create table appointments.change (
  booking_id uuid        not null references appointments.booking (id),
  at         timestamptz not null,
  act        text        not null,
  actor_kind text        not null,
  actor_id   text        not null,
  starts_at  timestamptz not null
);
create index change_by_booking on appointments.change (booking_id, at);
comment on table appointments.change is 'Who booked, moved, cancelled, received or missed what; the application can only add to it.';

grant select, insert, update on appointments.opening, appointments.booking to motcua_app;
grant select, insert on appointments.change to motcua_app;
