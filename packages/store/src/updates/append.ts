import type {Prepared} from '../wire/prepared.ts';

/** What stands in the result in place of a seq. Nothing of a call with a claimed or a reused row is stored. */
export const notStored = {
  /** A client is bound to another actor. */
  claimed: 0,
  unknownPaper: -1,
  /** The row's number was used for other bytes. */
  reused: -2,
} as const;

/**
 * One statement for a whole batch; its result is one seq a row, in the order of the rows.
 *
 * $1–$6 are the rows (`call`: which append of the batch a row belongs to), $7 the time, $8–$11 what they bind. `heads` locks
 * the papers in the order of their numbers, so that two servers neither give one seq twice nor wait for each other in a circle.
 * What another server stored between this statement's snapshot and its lock (the same row, the same client) violates a unique
 * key: then nothing is stored, and the caller runs it again and sees it.
 */
export const appendStatement: Prepared = {
  name: 'append',
  columns: ['number'],
  sql: `
with
  line as materialized (
    select * from unnest($1::int4[], $2::int4[], $3::int4[], $4::int4[], $5::int4[], $6::bytea[])
      with ordinality as l (call, paper, actor, connection, n, bytes, place)
  ),
  claim as materialized (
    select c.*, held.actor as holder
    from unnest($8::int4[], $9::int4[], $10::int8[], $11::int4[]) as c (call, paper, client, actor)
    left join lateral (
      select actor from authors where authors.paper = c.paper and authors.client = c.client limit 1
    ) held on true
  ),
  heads as materialized (
    select paper, seq from update_heads where paper = any($2::int4[]) order by paper for update
  ),
  seen as materialized (
    select l.*, stored.seq as known, stored.bytes <> l.bytes as reused
    from line l left join lateral (
      select seq, bytes from updates
      where paper = l.paper and actor = l.actor and connection = l.connection and n = l.n limit 1
    ) stored on true
  ),
  refused as materialized (
    select call from claim where holder <> actor union select call from seen where reused
  ),
  fresh as materialized (
    select s.*, h.seq + row_number() over (partition by s.paper order by s.place) as given
    from seen s join heads h using (paper)
    where s.known is null and s.call not in (select call from refused)
  ),
  advanced as (
    update update_heads set seq = last.seq
    from (select paper, max(given) as seq from fresh group by paper) last
    where update_heads.paper = last.paper
  ),
  stored as (
    insert into updates (paper, seq, actor, connection, n, at, bytes)
    select paper, given, actor, connection, n, $7::int8, bytes from fresh
  ),
  bound as (
    insert into authors (paper, client, actor)
    select distinct c.paper, c.client, c.actor from claim c join heads using (paper)
    where c.holder is null and c.call not in (select call from refused)
  )
select (case
  when s.reused then ${notStored.reused}
  when s.call in (select call from refused) then ${notStored.claimed}
  else coalesce(s.known, f.given, ${notStored.unknownPaper})
end)::int8
from seen s left join fresh f using (place) order by s.place`,
};
