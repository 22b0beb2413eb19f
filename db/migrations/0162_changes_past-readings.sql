-- Who opened which past dossier, with names blacked out, to see what other rules would have made of it.
create table changes.past_reading (
  id         uuid        primary key,
  change_id  uuid        not null references changes.change (id),
  dossier_id uuid        not null references dossiers.dossier (id),
  read_by    text        not null references directory.officer (id),
  read_at    timestamptz not null
);
create index past_reading_by_dossier on changes.past_reading (dossier_id, read_at desc);
comment on table changes.past_reading is 'The journal of the change tells the same; here it is found by dossier, for the people it is about.';

grant select, insert on changes.past_reading to motcua_app;
