-- What officers object to in figures about themselves, and what their head answers. Figures themselves are made from tasks
-- when asked and kept nowhere: nobody is ranked.
create table indicators.officer_objection (
  id          uuid        primary key,
  officer     text        not null references directory.officer (id),
  authority   text        collate "C" not null,
  figure      text        not null,
  from_date   date        not null,
  to_date     date        not null,
  n           integer     not null,
  d           integer     not null,
  dossier     text,
  words       text        not null,
  made_at     timestamptz not null,
  agreed      boolean,
  answer      text,
  answered_by text        references directory.officer (id),
  answered_at timestamptz,
  constraint figure_is_known check (figure in ('on-time', 'satisfied', 'workload')),
  constraint period_ends_after_it_starts check (to_date >= from_date),
  constraint answer_is_whole check
    ((answered_at is null) = (answer is null) and (answered_at is null) = (agreed is null)
     and (answered_at is null) = (answered_by is null)),
  constraint nobody_answers_themself check (answered_by <> officer)
);
create index officer_objection_by_officer on indicators.officer_objection (officer, made_at desc);
create index officer_objection_open on indicators.officer_objection (authority, made_at) where answered_at is null;
comment on column indicators.officer_objection.n is 'The figure as it stood when it was objected to, with its base.';
grant select, insert on indicators.officer_objection to motcua_app;
grant update (agreed, answer, answered_by, answered_at) on indicators.officer_objection to motcua_app;

-- What an officer did in a period, without looking through what others did.
create index task_by_who_closed on dossiers.task (closed_by, closed_at) where closed_at is not null and kind = 'step';
