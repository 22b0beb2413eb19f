-- How a paper came in, and which item of the vault it is, with the trust it had at that moment (TT 01/2023/TT-VPCP).
alter table dossiers.paper add column how text;
alter table dossiers.paper add column vault_item_id uuid;
alter table dossiers.paper add column trust text;
alter table dossiers.paper add column keep boolean;
alter table dossiers.paper add constraint way_is_known
  check (how in ('vault', 'register', 'upload', 'upload-known', 'shown'));
alter table dossiers.paper add constraint vault_item_is_named check ((how = 'vault') = (vault_item_id is not null)
  or (how is null and vault_item_id is null));
create index paper_by_vault_item on dossiers.paper (vault_item_id) where vault_item_id is not null;
comment on column dossiers.paper.how is 'Null: taken in before this was noted; then the source alone says.';
comment on column dossiers.paper.keep is 'The person wants it kept in their vault for the next time.';
