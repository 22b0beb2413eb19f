-- What people say about how they were served; one rating for each dossier.
create schema feedback;

create table feedback.rating (
  dossier_id       uuid        primary key,
  -- The rating's own stream in the journal, and where it stands.
  stream           uuid        not null unique,
  sequence         integer     not null,
  head_hash        bytea       not null,
  grade            text        not null,
  aspects          jsonb       not null default '{}',
  comment          text,
  comment_ref      uuid,
  comment_salt     bytea,
  first_rated_at   timestamptz not null,
  rated_at         timestamptz not null,
  constraint grade_is_known check (grade in ('very-satisfied', 'satisfied', 'not-satisfied')),
  constraint comment_with_its_salt check ((comment is null) or (comment_ref is not null and comment_salt is not null))
);
comment on table feedback.rating is
  'Written only together with its journal entries. The comment is private and erasable; the journal keeps its salted hash.';

grant usage on schema feedback to motcua_app;
grant select, insert, update on feedback.rating to motcua_app;
