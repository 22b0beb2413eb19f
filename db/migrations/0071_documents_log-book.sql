-- Sổ theo dõi hồ sơ: the number under which a unit entered each dossier that it received, without gaps.
create table documents.log_entry (
  dossier_id     uuid    primary key,
  authority_code text    not null,
  year           integer not null,
  n              integer not null,
  received_on    date    not null,
  constraint one_line_per_number unique (authority_code, year, n)
);
create index log_entry_by_day on documents.log_entry (authority_code, received_on, n);
comment on table documents.log_entry is
  'A line of the log book is entered once and stays, also when the dossier is refused, transferred or restored later.';
grant select, insert on documents.log_entry to motcua_app;

-- A corrected result counts no more from the correction on, even before the new paper has been printed.
alter table documents.issued_document
  drop constraint replacement_is_named,
  add constraint replacement_replaces check (replaced_by is null or status = 'replaced');
