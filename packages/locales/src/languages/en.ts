import {messages as common} from '../areas/common/en.ts';
import {messages as words} from '../areas/words/en.ts';
import {messages as refusals} from '../areas/refusals/en.ts';
import {messages as front} from '../areas/front/en.ts';
import {messages as people} from '../areas/people/en.ts';
import {messages as consultations} from '../areas/consultations/en.ts';
import {messages as papers} from '../areas/papers/en.ts';
import {messages as comments} from '../areas/comments/en.ts';
import {messages as revisions} from '../areas/revisions/en.ts';
import {messages as sessions} from '../areas/sessions/en.ts';
import {messages as reading} from '../areas/reading/en.ts';
import {messages as follow} from '../areas/follow/en.ts';
import {messages as server} from '../areas/server/en.ts';
import {messages as exchange} from '../areas/exchange/en.ts';
import {messages as minutes} from '../areas/minutes/en.ts';
import {messages as ledger} from '../areas/ledger/en.ts';
import {messages as verifier} from '../areas/verifier/en.ts';

export const messages = {
  ...common,
  ...words,
  ...refusals,
  ...front,
  ...people,
  ...consultations,
  ...papers,
  ...comments,
  ...revisions,
  ...sessions,
  ...reading,
  ...follow,
  ...server,
  ...exchange,
  ...minutes,
  ...ledger,
  ...verifier,
};
