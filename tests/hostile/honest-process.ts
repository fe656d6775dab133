import {groundsOf, type Cookies} from './grounds.ts';
import {HonestPeople} from './honest-people.ts';

/** Honest people in a process of their own, so that what the attacks cost the attacker does not slow them down. */
export type Order =
  | {readonly do: 'sit-down'; readonly url: string; readonly paper: string; readonly cookies: Cookies}
  | {readonly do: 'times'}
  | {readonly do: 'get-up'};

let people: HonestPeople | null = null;

async function obey(order: Order): Promise<unknown> {
  if (order.do === 'sit-down') {
    people = await HonestPeople.sitDown(groundsOf(order.url, order.paper, order.cookies));
    return null;
  }
  return order.do === 'times' ? people?.times() : people?.getUp();
}

process.on('message', (order: Order) => {
  obey(order).then(
    value => process.send?.({value}),
    (error: unknown) => process.send?.({error: String(error)}),
  );
});
// Nobody is to be left behind when the attacker goes.
process.on('disconnect', () => process.exit(0));
