-- How a procedure lays out its own papers: templates that officials publish, with dates as everything of law.
create table documents.template_version (
  -- "1.001193/result": one paper of one procedure.
  template       text        not null,
  procedure_code text        not null,
  key            text        not null,
  version        integer     not null,
  name           text        not null,
  source         text        not null,
  page           text        not null,
  definition     jsonb,
  inputs         jsonb       not null,
  typst          text        not null,
  valid_from     date        not null,
  valid_to       date,
  replaced_to    date,
  published_by   text,
  published_at   timestamptz not null,
  withdrawn_at   timestamptz,
  primary key (template, version),
  constraint template_is_of_its_procedure check (template = procedure_code || '/' || key),
  constraint template_starts_at_one check (version > 0),
  constraint template_ends_after_it_starts check (valid_to >= valid_from - 1),
  constraint template_source_is_known check (source in ('blocks', 'docx', 'typst', 'shipped')),
  constraint template_is_bounded check (length(typst) <= 400000)
);
create index template_version_by_procedure on documents.template_version (procedure_code, key, valid_from desc);
create unique index one_template_begins_a_day on documents.template_version (template, valid_from)
  where withdrawn_at is null;
comment on column documents.template_version.source is
  'What officials wrote it in; shipped: from this day the layout of the product prints the paper again.';
comment on column documents.template_version.typst is 'What is printed with: compiled from the definition, or written by hand.';
comment on column documents.template_version.published_by is 'Null: shipped with the product.';
comment on column documents.template_version.replaced_to is
  'Until when the version before it was to be in force; given back when this one is withdrawn.';
comment on column documents.template_version.withdrawn_at is
  'Taken back on its first day or before: prints nothing any more.';

grant select, insert on documents.template_version to motcua_app;
grant update (valid_to, withdrawn_at) on documents.template_version to motcua_app;
