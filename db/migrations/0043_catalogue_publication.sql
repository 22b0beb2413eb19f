-- Editions published from the studio: by whom, by which decision, and what was taken back.
alter table catalogue.procedure_version
  add column published_by    text references directory.officer (id),
  add column decision_number text,
  add column decision_on     date,
  add column replaced_to     date,
  add column withdrawn_at    timestamptz,
  add constraint edition_publication_is_whole check
    ((published_by is null) = (decision_number is null) and (published_by is null) = (decision_on is null));
comment on column catalogue.procedure_version.published_by is 'Null: shipped with the product.';
comment on column catalogue.procedure_version.replaced_to is
  'Until when the edition before it was to be in force; given back when this one is withdrawn.';
comment on column catalogue.procedure_version.withdrawn_at is
  'Taken back on its first day or before: no longer found by date, still read by the dossiers filed under it.';
create unique index one_edition_begins_a_day on catalogue.procedure_version (procedure_code, valid_from)
  where withdrawn_at is null;
