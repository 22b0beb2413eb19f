-- Forms published from the studio.
alter table forms.form_version
  add column published_by text references directory.officer (id),
  add column replaced_to  date,
  add column withdrawn_at timestamptz;
comment on column forms.form_version.published_by is 'Null: shipped with the product.';
comment on column forms.form_version.replaced_to is
  'Until when the version before it was to be in force; given back when this one is withdrawn.';
create unique index one_form_begins_a_day on forms.form_version (key, valid_from) where withdrawn_at is null;
