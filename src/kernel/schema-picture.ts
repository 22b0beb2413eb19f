import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from './migrate.ts'
import { startEmbeddedPostgres } from './postgres/supervisor.ts'

/** Draws what the shipped migrations make of an empty database, on a server of its own that goes afterwards. */
export async function drawMigrations(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-schema-'))
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), settings: { fsync: 'off' } })
  try {
    await migrate(server.url)
    return await drawSchema(server.url)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Draws a migrated database as stable text: what a reader of `db/schema.sql` wants to know, in an order that does
 * not depend on when things were made. It is for reading and comparing; the migrations remain the way to make one.
 */
export async function drawSchema(adminUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { namespaces, tables, columns, constraints, indexes, functions, triggers, views, sequences } =
      await readCatalogues(client)
    const schemas = [
      ...new Set([...tables, ...functions, ...views, ...sequences].map((row) => row.schema)),
    ].sort()
    const parts = schemas.map((schema) => {
      const of = (rows: Row[]) => rows.filter((row) => row.schema === schema)
      const drawn = of(tables).map((table) => {
        const about = (rows: Row[]) => of(rows).filter((row) => row.name === table.name)
        return drawTable(table, about(columns), about(constraints), about(indexes), about(triggers))
      })
      return [
        `-- ${schema} ${'-'.repeat(80 - schema.length)}`,
        ...of(namespaces).map(line),
        ...of(sequences).map(line),
        ...drawn,
        ...of(views).map(line),
        ...of(functions).map(line),
      ]
    })
    return `${[header, ...parts.flat()].join('\n\n')}\n`
  } finally {
    await client.end()
  }
}

interface Row {
  schema: string
  name: string
  text: string
}

const header = `-- @generated picture of the migrated database; a test compares it.
-- Draw it again with: npm run -s motcua -- schema --write`

async function readCatalogues(client: pg.Client) {
  const read = async (sql: string): Promise<Row[]> => (await client.query<Row>(sql)).rows
  return {
    namespaces: await read(namespacesSql),
    tables: await read(tablesSql),
    columns: await read(columnsSql),
    constraints: await read(constraintsSql),
    indexes: await read(indexesSql),
    functions: await read(functionsSql),
    triggers: await read(triggersSql),
    views: await read(viewsSql),
    sequences: await read(sequencesSql),
  }
}

function drawTable(table: Row, columns: Row[], constraints: Row[], indexes: Row[], triggers: Row[]): string {
  const inside = [...columns, ...constraints].map((row) => `  ${row.text}`).join(',\n')
  const after = [...indexes, ...triggers].map((row) => `${row.text};`)
  const [opening = '', ...rest] = table.text.split('\n')
  return [
    `create table ${table.schema}.${table.name} (\n${inside}\n)${opening};`,
    ...after,
    ...rest.filter(Boolean),
  ].join('\n')
}

function line(row: Row): string {
  return row.text
}

// Ours are the schemas that no extension and no library owns; graphile-worker migrates its own.
const ours = (oid: string, schema: string) => `
  ${schema}.nspname !~ '^(pg_|information_schema$|graphile_worker)'
  and not exists (select 1 from pg_depend e where e.objid = ${oid} and e.deptype = 'e')`

const namespacesSql = `
  select n.nspname as schema, n.nspname as name,
    format('create schema %s;', n.nspname)
    || case when has_schema_privilege('motcua_app', n.oid, 'usage') then format(E'\\ngrant usage on schema %s to motcua_app;', n.nspname) else '' end as text
  from pg_namespace n where ${ours('n.oid', 'n')} and n.nspname <> 'public'
  order by 1`

// A partition repeats its parent, and how many there are may differ between installations.
const tablesSql = `
  select n.nspname as schema, c.relname as name,
    coalesce(' partition by ' || pg_get_partkeydef(c.oid), '')
    || E'\\n' || coalesce((
      select string_agg(format('grant %s on %s.%s to motcua_app;', rights, n.nspname, c.relname), E'\\n')
      from (select string_agg(lower(privilege_type), ', ' order by privilege_type) as rights
            from aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee where r.rolname = 'motcua_app') g
      where rights is not null), '')
    || E'\\n' || coalesce((
      select string_agg(format('grant %s (%s) on %s.%s to motcua_app;', rights, attname, n.nspname, c.relname), E'\\n' order by attname)
      from (select t.attname, string_agg(lower(privilege_type), ', ' order by privilege_type) as rights
            from pg_attribute t, aclexplode(t.attacl) a join pg_roles r on r.oid = a.grantee
            where t.attrelid = c.oid and r.rolname = 'motcua_app' group by t.attname) g), '') as text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition and ${ours('c.oid', 'n')}
  order by 1, 2`

const columnsSql = `
  select n.nspname as schema, c.relname as name,
    format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
    || case when a.attnotnull then ' not null' else '' end
    || case a.attidentity when 'a' then ' generated always as identity' when 'd' then ' generated by default as identity' else '' end
    || case when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
            when a.attgenerated = 'v' then format(' generated always as (%s)', pg_get_expr(d.adbin, d.adrelid))
            when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end as text
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and ${ours('c.oid', 'n')}
  order by 1, 2, a.attnum`

const constraintsSql = `
  select n.nspname as schema, c.relname as name, format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) as text
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where k.contype <> 'n' and k.conparentid = 0 and not c.relispartition and ${ours('c.oid', 'n')}
  order by 1, 2, k.contype = 'f', k.contype = 'c', k.conname`

const indexesSql = `
  select n.nspname as schema, c.relname as name, pg_get_indexdef(i.indexrelid) as text
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
  join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and not c.relispartition
    and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
    and ${ours('c.oid', 'n')}
  order by 1, 2, x.relname`

const functionsSql = `
  select n.nspname as schema, p.proname as name, rtrim(pg_get_functiondef(p.oid)) || ';' as text
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prokind in ('f', 'p') and ${ours('p.oid', 'n')}
  order by 1, 2, pg_get_function_identity_arguments(p.oid)`

const triggersSql = `
  select n.nspname as schema, c.relname as name, pg_get_triggerdef(t.oid) as text
  from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where not t.tgisinternal and not c.relispartition and ${ours('c.oid', 'n')}
  order by 1, 2, t.tgname`

const viewsSql = `
  select n.nspname as schema, c.relname as name,
    format('create %s %s.%s as%s%s', case c.relkind when 'm' then 'materialized view' else 'view' end,
           n.nspname, c.relname, E'\\n', pg_get_viewdef(c.oid)) as text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('v', 'm') and ${ours('c.oid', 'n')}
  order by 1, 2`

// Sequences that belong to a column are said there.
const sequencesSql = `
  select n.nspname as schema, c.relname as name, format('create sequence %s.%s;', n.nspname, c.relname) as text
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'S' and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i'))
    and ${ours('c.oid', 'n')}
  order by 1, 2`
