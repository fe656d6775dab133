import {messages as common} from '../areas/common/es.ts';
import {messages as words} from '../areas/words/es.ts';
import {messages as refusals} from '../areas/refusals/es.ts';
import {messages as front} from '../areas/front/es.ts';
import {messages as people} from '../areas/people/es.ts';
import {messages as consultations} from '../areas/consultations/es.ts';
import {messages as papers} from '../areas/papers/es.ts';
import {messages as comments} from '../areas/comments/es.ts';
import {messages as revisions} from '../areas/revisions/es.ts';
import {messages as sessions} from '../areas/sessions/es.ts';
import {messages as reading} from '../areas/reading/es.ts';
import {messages as follow} from '../areas/follow/es.ts';
import {messages as server} from '../areas/server/es.ts';
import {messages as exchange} from '../areas/exchange/es.ts';
import {messages as minutes} from '../areas/minutes/es.ts';
import {messages as ledger} from '../areas/ledger/es.ts';
import {messages as verifier} from '../areas/verifier/es.ts';

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
