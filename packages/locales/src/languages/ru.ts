import {messages as common} from '../areas/common/ru.ts';
import {messages as words} from '../areas/words/ru.ts';
import {messages as refusals} from '../areas/refusals/ru.ts';
import {messages as front} from '../areas/front/ru.ts';
import {messages as people} from '../areas/people/ru.ts';
import {messages as consultations} from '../areas/consultations/ru.ts';
import {messages as papers} from '../areas/papers/ru.ts';
import {messages as comments} from '../areas/comments/ru.ts';
import {messages as revisions} from '../areas/revisions/ru.ts';
import {messages as sessions} from '../areas/sessions/ru.ts';
import {messages as reading} from '../areas/reading/ru.ts';
import {messages as follow} from '../areas/follow/ru.ts';
import {messages as server} from '../areas/server/ru.ts';
import {messages as exchange} from '../areas/exchange/ru.ts';
import {messages as minutes} from '../areas/minutes/ru.ts';
import {messages as ledger} from '../areas/ledger/ru.ts';
import {messages as verifier} from '../areas/verifier/ru.ts';

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
