-- How long dossiers are kept, what must be kept in spite of that, and what was destroyed by whose decision.
create schema retention;

create table retention.rule (
  id             text    not null,
  valid_from     date    not null,
  valid_to       date,
  part           text    not null,
  procedure_code text,
  template       text,
  closing        text,
  years          integer,
  basis          text    not null,
  source         text    not null,
  confidence     text    not null,
  primary key (id, valid_from),
  constraint part_is_known check (part in ('dossier', 'result')),
  constraint closing_is_known check (closing in ('granted', 'not-granted', 'refused', 'withdrawn', 'stopped', 'revoked')),
  constraint years_are_some check (years between 1 and 100),
  constraint confidence_is_known check (confidence in ('C', 'S', 'R', 'U')),
  constraint ends_after_it_begins check (valid_to >= valid_from)
);
comment on column retention.rule.years is 'Null: kept for ever.';
comment on column retention.rule.confidence is
  'C: read in the text of the law; S: in a secondary source; R: remembered, not read; U: a default that nobody confirmed.';

-- What nobody confirmed is kept rather long; an authority states its own periods before it destroys anything.
insert into retention.rule (id, valid_from, part, template, closing, years, basis, source, confidence) values
  ('dossier', '2000-01-01', 'dossier', null, null, 10,
   'Mặc định của phần mềm khi cơ quan chưa khai thời hạn', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('dossier-ended-early', '2000-01-01', 'dossier', null, 'refused', 5,
   'Mặc định của phần mềm: hồ sơ không được tiếp nhận', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('dossier-withdrawn', '2000-01-01', 'dossier', null, 'withdrawn', 5,
   'Mặc định của phần mềm: hồ sơ người dân rút', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('dossier-stopped', '2000-01-01', 'dossier', null, 'stopped', 5,
   'Mặc định của phần mềm: hồ sơ dừng giải quyết', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('dossier-revoked', '2000-01-01', 'dossier', null, 'revoked', 20,
   'Mặc định của phần mềm: kết quả bị thu hồi, có thể còn tranh chấp', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('result', '2000-01-01', 'result', null, null, null,
   'Mặc định của phần mềm: kết quả đã cấp giữ vĩnh viễn khi chưa có bảng thời hạn', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('result-birth', '2000-01-01', 'result', 'birth-certificate', null, null,
   'Giấy tờ hộ tịch giữ vĩnh viễn', 'Luật Hộ tịch 60/2014/QH13 (theo hiểu biết, chưa đọc lại văn bản)', 'R'),
  ('result-death', '2000-01-01', 'result', 'death-extract', null, null,
   'Giấy tờ hộ tịch giữ vĩnh viễn', 'Luật Hộ tịch 60/2014/QH13 (theo hiểu biết, chưa đọc lại văn bản)', 'R'),
  ('result-civil-status-copy', '2000-01-01', 'result', 'civil-status-copy', null, 10,
   'Mặc định của phần mềm: bản sao trích lục cấp lại được từ sổ', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U'),
  ('result-marital-status', '2000-01-01', 'result', 'marital-status-certificate', null, 10,
   'Mặc định của phần mềm: giấy có giá trị sử dụng 6 tháng', 'Luật Lưu trữ 33/2024/QH15 (chưa đối chiếu bảng thời hạn)', 'U');

-- Keeps dossiers from being destroyed: an appeal, a court, an inspection. Lifting takes two people.
create table retention.hold (
  id             uuid        primary key,
  authority      text        not null,
  kind           text        not null,
  reason         text        not null,
  placed_by      text        not null,
  placed_at      timestamptz not null,
  until          date,
  lift_asked_by  text,
  lift_asked_at  timestamptz,
  lift_reason    text,
  lifted_by      text,
  lifted_at      timestamptz,
  constraint kind_is_known check (kind in ('appeal', 'court', 'inspection', 'other')),
  constraint reason_is_stated check (length(reason) between 1 and 1000),
  constraint asking_is_whole check ((lift_asked_by is null) = (lift_asked_at is null)),
  constraint lifting_is_whole check ((lifted_by is null) = (lifted_at is null)),
  constraint two_people_lift check (lifted_by is null or (lift_asked_by is not null and lifted_by <> lift_asked_by))
);
create index hold_by_authority on retention.hold (authority, placed_at desc);

create table retention.held (
  hold_id    uuid not null references retention.hold (id),
  dossier_id uuid not null,
  primary key (hold_id, dossier_id)
);
create index held_by_dossier on retention.held (dossier_id);

create table retention.batch (
  id          uuid        primary key,
  authority   text        not null,
  state       text        not null default 'proposed',
  basis       text        not null,
  proposed_by text        not null,
  proposed_at timestamptz not null,
  decided_by  text,
  decided_at  timestamptz,
  decision    text,
  -- Makes the same person the same stranger within the batch, for the figures; gone when the batch is done.
  pseudonyms  bytea,
  before      jsonb,
  after       jsonb,
  -- The certificate of destruction, by its hash.
  certificate text,
  finished_at timestamptz,
  constraint state_is_known check (state in ('proposed', 'declined', 'approved', 'done')),
  constraint basis_is_stated check (length(basis) between 1 and 1000),
  constraint decided_by_somebody check ((state = 'proposed') = (decided_by is null)),
  constraint two_people_decide check (decided_by is null or decided_by <> proposed_by),
  constraint done_has_its_moment check ((state = 'done') = (finished_at is not null)),
  constraint pseudonyms_end check (state <> 'done' or pseudonyms is null)
);
create index batch_by_authority on retention.batch (authority, proposed_at desc);
create index batch_to_run on retention.batch (decided_at) where state = 'approved';

create table retention.line (
  batch_id     uuid        not null references retention.batch (id),
  dossier_id   uuid        not null,
  code         text        not null,
  ended_at     timestamptz not null,
  due_on       date        not null,
  rule         text        not null,
  keep_results boolean     not null,
  state        text        not null default 'waiting',
  why          text,
  erased       jsonb,
  at           timestamptz,
  primary key (batch_id, dossier_id),
  constraint state_is_known check (state in ('waiting', 'purged', 'skipped')),
  constraint skipped_says_why check ((state = 'skipped') = (why is not null))
);
create unique index purged_once on retention.line (dossier_id) where state = 'purged';
create index line_by_dossier on retention.line (dossier_id);

-- Content whose last user went; it leaves the store after the transaction that said so.
create table retention.doomed (
  sha256     text        primary key,
  batch_id   uuid        not null references retention.batch (id),
  dossier_id uuid        not null,
  doomed_at  timestamptz not null,
  removed_at timestamptz,
  outcome    text,
  constraint content_is_named_by_its_hash check (sha256 ~ '^[0-9a-f]{64}$'),
  constraint outcome_is_known check (outcome in ('removed', 'needed', 'absent')),
  constraint removed_has_outcome check ((removed_at is null) = (outcome is null))
);
create index doomed_waiting on retention.doomed (doomed_at) where removed_at is null;

-- What ended long ago, authority by authority.
create index dossier_by_end on dossiers.dossier (competent, closed_at, id) where closed_at is not null;

-- Which dossiers were destroyed, by the journal.
create index purged_by_dossier on journal.entry ((data ->> 'dossier')) where kind = 'retention.purged';

alter table documents.issued_document add column purged_at timestamptz;
comment on column documents.issued_document.purged_at is
  'The content was destroyed when its time was over; number, hash and status stay.';

-- Who may still need a content: anything that names it and stays.
create function retention.needed(hash text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from documents.stored_file where sha256 = hash or view_sha256 = hash or converted_sha256 = hash)
    or exists (select from documents.issued_document where sha256 = hash and purged_at is null)
    or exists (select from documents.paper_in_hand where hash in (sha256, prepared_sha256))
    or exists (select from documents.joined_paper where sha256 = hash)
    or exists (select from dossiers.paper where sha256 = hash)
    or exists (select from dossiers.digitised_paper where sha256 = hash)
    or exists (select from vault.item where sha256 = hash and state <> 'removed')
$$;
create index stored_file_by_content on documents.stored_file (sha256);
create index stored_file_by_view on documents.stored_file (view_sha256) where view_sha256 is not null;
create index stored_file_by_converted on documents.stored_file (converted_sha256) where converted_sha256 is not null;
create index paper_by_content on dossiers.paper (sha256);
create index paper_by_file on dossiers.paper (file_id);
create index item_by_content on vault.item (sha256);
create index item_by_file on vault.item (file_id) where file_id is not null;

-- Destroys what is personal in one dossier. The application cannot delete these rows: only here, only for a dossier
-- that waits on a batch which a second person approved, that ended and that nothing holds.
create function retention.erase(batch uuid, dossier uuid, photos text[], moment timestamptz) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
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
end $$;

revoke all on function retention.erase(uuid, uuid, text[], timestamptz), retention.needed(text) from public;
grant execute on function retention.erase(uuid, uuid, text[], timestamptz), retention.needed(text) to motcua_app;
grant usage on schema retention to motcua_app;
grant select, insert on retention.rule, retention.hold, retention.held, retention.batch, retention.line to motcua_app;
grant update (valid_to) on retention.rule to motcua_app;
grant update (lift_asked_by, lift_asked_at, lift_reason, lifted_by, lifted_at) on retention.hold to motcua_app;
grant update (state, decided_by, decided_at, decision, pseudonyms, before, after, certificate, finished_at) on retention.batch to motcua_app;
grant update (state, why, at) on retention.line to motcua_app;
grant select on retention.doomed to motcua_app;
grant update (removed_at, outcome) on retention.doomed to motcua_app;
