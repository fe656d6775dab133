import type {Erasure} from '../people/erasures.ts';

/** Withdraws everything that a member wrote in comments, as they could have done entry by entry. */
export const eraseComments: Erasure = async (app, tx, member, at) => {
  const written = await tx.comments.writtenBy(member);
  // In one order and before anything is written down, so that two who write never wait for each other in a circle.
  for (const paper of new Set(written.map(one => one.paper))) await tx.papers.lock(paper);
  for (const {paper, comment, entry} of written) {
    await tx.comments.eraseEntry(comment, entry, at, (await tx.comments.lastChange(paper)) + 1);
  }
  for (const {paper, comment, entry} of written) {
    const stream = `paper:${paper}`;
    const event = {comment, entry};
    const {seq} = await tx.ledger.append({stream, act: 'comment.withdrawn', at, actor: null, event});
    tx.afterCommit(() => app.bus.publish(stream, {seq}));
  }
};
