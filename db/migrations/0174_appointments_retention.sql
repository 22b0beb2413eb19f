-- How long bookings are kept is a period like others: stated with its source, replaced by a later one of that name.
alter table retention.rule
  drop constraint part_is_known,
  add constraint part_is_known check (part in ('dossier', 'result', 'booking'));
insert into retention.rule (id, valid_from, part, years, basis, source, confidence) values
  ('booking', '2000-01-01', 'booking', 1,
   'Mặc định của phần mềm: lịch hẹn chỉ để sắp người đến, hồ sơ nếu có giữ theo thời hạn riêng',
   'Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (theo hiểu biết, chưa đọc lại văn bản; văn bản không nêu số năm)', 'U');

alter table appointments.booking
  add column purged_at timestamptz,
  add constraint purged_is_about_nobody check (
    purged_at is null or (person_id, name, personal_id, phone, papers) is not distinct from
      ('erased', '', null::text, null::text, '[]'::jsonb));
comment on column appointments.booking.purged_at is
  'The person went when the period was over; place, time and whether somebody came stay.';
create index booking_just_purged on appointments.booking (purged_at) where purged_at is not null;
create index booking_to_purge on appointments.booking (ends_at) where purged_at is null;

-- People are reminded of what is no dossier: a booking. One person is told once of each.
alter table notifications.message
  drop constraint of_a_dossier_or_for_an_officer,
  add constraint of_a_dossier_or_for_somebody check
    (num_nonnulls(dossier_id, sequence) = 2 and num_nonnulls(officer_id, notice) = 0
     or num_nonnulls(dossier_id, sequence) = 0 and notice is not null and num_nonnulls(officer_id, person_id) = 1),
  add constraint person_told_once unique (person_id, notice, channel);
create index notice_of_booking on notifications.message (split_part(notice, ':', 2)) where notice like 'booking:%';

-- Takes the person out of bookings whose period is over. The application can neither delete these rows nor overwrite
-- the person: only here, and only as the periods in force say, counted like those of dossiers from the end of the year.
-- What is held keeps its booking. Gives how many went, by authority, period and what had become of them.
create function appointments.erase(moment timestamptz)
returns table (authority text, rule text, state text, bookings integer)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  today constant date := (moment at time zone 'Asia/Ho_Chi_Minh')::date;
begin
  return query
  with due as (
    select b.id, b.person_id as person, p.id as period
    from appointments.booking b
    cross join lateral (
      select r.id, r.years from retention.rule r
      where r.part = 'booking' and r.valid_from <= today and (r.valid_to is null or r.valid_to >= today)
        and (r.procedure_code is null or r.procedure_code = b.procedure_code)
      order by r.procedure_code is null, r.valid_from desc limit 1
    ) p
    where b.purged_at is null and p.years is not null
      and make_date(extract(year from b.ends_at at time zone 'Asia/Ho_Chi_Minh')::integer + p.years, 12, 31) < today
      and not exists (
        select from dossiers.dossier d
        join retention.held x on x.dossier_id = d.id
        join retention.hold h on h.id = x.hold_id
        where d.code = b.dossier_code and h.lifted_at is null and (h.until is null or h.until >= today))
    for update of b
  ), acts as (
    update appointments.change c set actor_id = 'erased' from due
    where c.booking_id = due.id and c.actor_kind = 'person'
  ), purged as (
    update appointments.booking b
    set person_id = 'erased', name = '', personal_id = null, phone = null, papers = '[]', code = b.id::text,
      dossier_code = case when b.dossier_code is not null then '' end, purged_at = moment
    from due where b.id = due.id
    returning b.authority, due.period, b.state
  )
  select purged.authority, purged.period, purged.state, count(*)::integer from purged
  group by 1, 2, 3 order by 1, 2, 3;

  delete from notifications.attempt a using notifications.message m, appointments.booking b
    where a.message_id = m.id and b.purged_at = moment
      and m.notice like 'booking:%' and split_part(m.notice, ':', 2) = b.id::text;
  delete from notifications.message m using appointments.booking b
    where b.purged_at = moment and m.notice like 'booking:%' and split_part(m.notice, ':', 2) = b.id::text;
end $$;
-- Who comes is written once; what the application changes is the time, the seat and what became of it.
revoke update on appointments.booking from motcua_app;
grant update (starts_at, ends_at, seat, state, dossier_code, changed_at) on appointments.booking to motcua_app;
revoke all on function appointments.erase(timestamptz) from public;
grant execute on function appointments.erase(timestamptz) to motcua_app;
