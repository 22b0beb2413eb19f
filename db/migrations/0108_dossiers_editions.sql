-- Dossiers of a procedure, for replaying past ones and for moving open ones to another edition of its rules.
create index dossier_by_procedure on dossiers.dossier (procedure_code, id);

-- A run over open dossiers may also take them to another edition.
alter table dossiers.bulk_move drop constraint kind_is_known;
alter table dossiers.bulk_move add constraint kind_is_known check (kind in ('process', 'succession', 'edition'));
alter table dossiers.bulk_move drop constraint reason_of_a_process_move;
alter table dossiers.bulk_move
  add constraint reason_of_a_decided_move check ((kind in ('process', 'edition')) = (reason is not null));
alter table dossiers.bulk_move add column procedure_code text;
alter table dossiers.bulk_move
  add constraint procedure_of_an_edition_move check ((kind = 'edition') = (procedure_code is not null));
create index bulk_move_by_procedure on dossiers.bulk_move (procedure_code, asked_at desc)
  where procedure_code is not null;
